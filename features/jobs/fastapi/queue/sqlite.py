"""The job queue, a stream in Redis or Valkey (Docket).

A job is sent after the commit of the rows that it is about. It runs at least once: it is retried
after an error, or if its worker dies. So jobs must be idempotent.
"""

import asyncio
from collections.abc import AsyncGenerator
from collections.abc import Awaitable
from collections.abc import Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC
from datetime import timedelta
from random import SystemRandom
from typing import Annotated
from typing import Concatenate
from typing import ParamSpec

import structlog
from docket import Cron
from docket import CurrentExecution
from docket import Docket
from docket import Execution
from docket import Retry
from docket.dependencies import current_docket
from fastapi import APIRouter
from fastapi import Depends
from fastapi import FastAPI
from fastapi import HTTPException
from fastapi.requests import HTTPConnection
from redis.exceptions import RedisError

from .. import redis
from .settings import ATTEMPTS
from .settings import Sessions
from .settings import Settings

P = ParamSpec("P")
# The function of a job: it gets a session factory, and its arguments by name, which are JSON.
Body = Callable[Concatenate[Sessions, P], Awaitable[None]]
Scheduled = Callable[[Sessions], Awaitable[None]]

TASKS: dict[str, Callable[..., Awaitable[None]]] = {}
SESSIONS: ContextVar[Sessions] = ContextVar("SESSIONS")  # set by the worker
log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Backoff(Retry):
    """Exponential backoff with jitter; the job fails after ATTEMPTS."""

    async def __aenter__(self) -> Retry:
        retry = await super().__aenter__()
        longest = Settings().jobs_retry_seconds * 2 ** (retry.attempt - 1)
        retry.delay = timedelta(seconds=SystemRandom().uniform(longest / 2, longest))
        return retry


BACKOFF = Backoff(attempts=ATTEMPTS)
EXECUTION = CurrentExecution()


def job(body: Body[P]) -> Body[P]:
    """Register a function as a job."""
    call: Callable[..., Awaitable[None]] = body

    async def run(_retry: Retry = BACKOFF, _job: Execution = EXECUTION, **given: object) -> None:
        with structlog.contextvars.bound_contextvars(job=body.__name__, job_id=_job.key):
            await call(SESSIONS.get(), **given)

    run.__name__ = body.__name__
    TASKS[body.__name__] = run
    return body


def every(cron: str) -> Callable[[Scheduled], Scheduled]:
    """Schedule a job by a cron expression in UTC. It runs once, however many workers there are."""
    schedule = Cron(cron, tz=UTC)

    def register(body: Scheduled) -> Scheduled:
        async def run(_schedule: Cron = schedule) -> None:
            with structlog.contextvars.bound_contextvars(job=body.__name__):
                await body(SESSIONS.get())

        run.__name__ = body.__name__
        TASKS[body.__name__] = run
        return body

    return register


class Queue:
    """Collects the jobs of a request, which are sent at its end if it succeeds."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[Docket], Awaitable[object]]] = []

    async def put(self, job: Body[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Enqueue a job; it is sent when the transaction of this request is committed."""
        if args:
            raise TypeError("Pass the arguments of a job by name: queue.put(job, name=value).")
        self.waiting.append(lambda docket: docket.add(job.__name__)(**kwargs))


async def put_again(job: Body[P], *args: P.args, **kwargs: P.kwargs) -> None:
    """Send a job again from within another one, unless it is in the queue already."""
    await current_docket.get().add(job.__name__, key=f"{job.__name__} {kwargs}")(*args, **kwargs)


async def get_queue(connection: HTTPConnection) -> AsyncGenerator[Queue]:
    try:
        await redis.get_redis(connection).ping()
    except RedisError as error:
        raise HTTPException(503, "The queue is not available.", {"Retry-After": "5"}) from error
    queue = Queue()
    yield queue
    for send in queue.waiting:
        await _send(send, connection.state.docket)


async def _send(send: Callable[[Docket], Awaitable[object]], docket: Docket) -> None:
    for delay in (0, 0.1, 0.5):  # after a restart of Redis, old connections fail once
        await asyncio.sleep(delay)
        try:
            await send(docket)
        except RedisError as error:
            log.warning("a job could not be sent", error=str(error))
        else:
            return
    # The row is committed, so nothing is lost: `exports/overdue.py` sends the job again.


# Jobs are sent before the response, and after the commit if this parameter precedes the session.
QueueDep = Annotated[Queue, Depends(get_queue, scope="function")]


def connect() -> Docket:
    docket = Docket(name=__name__.partition(".")[0], url=redis.Settings().redis_url)
    for task in TASKS.values():
        docket.register(task)
    return docket


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    async with connect() as docket:
        yield {"docket": docket}


router = APIRouter(lifespan=lifespan)
