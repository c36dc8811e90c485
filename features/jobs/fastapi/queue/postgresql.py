"""The job queue, in tables of the database (Procrastinate).

A job is committed or rolled back together with the rows that it is about. It runs at least once:
it is retried after an error, or if its worker dies. So jobs must be idempotent.
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
# The function of a job: it gets a session factory, and its arguments by name, which are JSON.
Body = Callable[Concatenate[Sessions, P], Awaitable[None]]
Scheduled = Callable[[Sessions], Awaitable[None]]

app = App(connector=PsycopgConnector())  # a worker replaces it by a connected one


class Backoff(BaseRetryStrategy):
    """Exponential backoff with jitter; the job fails after ATTEMPTS."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        del exception
        if job.attempts + 1 >= ATTEMPTS:
            return None
        longest = Settings().jobs_retry_seconds * 2**job.attempts
        delay = SystemRandom().uniform(longest / 2, longest)
        return RetryDecision(retry_at=utcnow() + timedelta(seconds=delay))


def job(body: Body[P]) -> Body[P]:
    """Register a function as a job."""
    call: Callable[..., Awaitable[None]] = body

    async def run(context: JobContext, /, **given: JSONValue) -> None:
        with structlog.contextvars.bound_contextvars(job=body.__name__, job_id=context.job.id):
            await call(context.additional_context["sessions"], **given)

    app.task(name=body.__name__, retry=Backoff(), pass_context=True)(run)
    return body


def every(cron: str) -> Callable[[Scheduled], Scheduled]:
    """Schedule a job by a cron expression in UTC. It runs once, however many workers there are."""

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
        """Enqueue a job; workers see it when the transaction of this request is committed."""
        if args:
            raise TypeError("Pass the arguments of a job by name: queue.put(job, name=value).")
        task = app.tasks[job.__name__]
        await task.configure(connection=self.connection).defer_async(**cast("JSON", kwargs))


async def get_queue(session: SessionDep) -> Queue:
    connection = await (await session.connection()).get_raw_connection()
    return Queue(connection.driver_connection)


QueueDep = Annotated[Queue, Depends(get_queue, scope="function")]
