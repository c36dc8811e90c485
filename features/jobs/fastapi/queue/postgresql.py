"""The queue: tables of the database, by Procrastinate.

A job is kept, or rolled back, with the rows that it is about. It runs at least once: again after
an error, and again if its worker dies. So it has to come to the same when it runs twice.
"""

from collections.abc import Awaitable
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from random import SystemRandom
from typing import Annotated
from typing import Concatenate
from typing import ParamSpec
from typing import cast

import structlog
from fastapi import Depends
from procrastinate import App
from procrastinate import BaseRetryStrategy
from procrastinate import JobContext
from procrastinate import PsycopgConnector
from procrastinate import RetryDecision
from procrastinate.jobs import Job
from procrastinate.types import JSONValue

from ..database import SessionDep
from ..database import utcnow
from .settings import ATTEMPTS
from .settings import Sessions
from .settings import Settings

P = ParamSpec("P")
JSON = dict[str, JSONValue]
# A job's body: it gets sessions of its own, and by name what was put with it, which is JSON.
Body = Callable[Concatenate[Sessions, P], Awaitable[None]]
Scheduled = Callable[[Sessions], Awaitable[None]]

app = App(connector=PsycopgConnector())  # which a worker replaces by one that is connected


class Backoff(BaseRetryStrategy):
    """Wait twice as long after each error, and not all at the same time; in the end give up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        del exception
        if job.attempts + 1 >= ATTEMPTS:
            return None
        longest = Settings().jobs_retry_seconds * 2**job.attempts
        delay = SystemRandom().uniform(longest / 2, longest)
        return RetryDecision(retry_at=utcnow() + timedelta(seconds=delay))


def job(body: Body[P]) -> Body[P]:
    """Declare what workers can do."""
    call: Callable[..., Awaitable[None]] = body

    async def run(context: JobContext, /, **given: JSONValue) -> None:
        with structlog.contextvars.bound_contextvars(job=body.__name__, job_id=context.job.id):
            await call(context.additional_context["sessions"], **given)

    app.task(name=body.__name__, retry=Backoff(), pass_context=True)(run)
    return body


def every(cron: str) -> Callable[[Scheduled], Scheduled]:
    """Declare what is done by the clock, in UTC: once, however many workers there are."""

    def register(body: Scheduled) -> Scheduled:
        @job
        @wraps(body)
        async def run(sessions: Sessions, timestamp: int) -> None:
            del timestamp
            await body(sessions)

        app.periodic(cron=cron)(app.tasks[run.__name__])
        return body

    return register


class Queue:
    def __init__(self, connection: object) -> None:
        self.connection = connection

    async def put(self, job: Body[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have it done once the transaction of this request is committed."""
        if args:
            raise TypeError("Name what a job gets: queue.put(job, name=value).")
        task = app.tasks[job.__name__]
        await task.configure(connection=self.connection).defer_async(**cast("JSON", kwargs))


async def get_queue(session: SessionDep) -> Queue:
    connection = await (await session.connection()).get_raw_connection()
    return Queue(connection.driver_connection)


QueueDep = Annotated[Queue, Depends(get_queue, scope="function")]
