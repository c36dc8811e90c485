"""The queue: tables of the database, by Procrastinate.

A job is committed or rolled back with the rows of the same transaction. It runs at least once:
again after an error, and again if its worker dies. So a job must be idempotent.
"""

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import wraps
from random import SystemRandom
from typing import ParamSpec
from typing import cast

import structlog
from flask import Flask
from flask import current_app
from procrastinate import App
from procrastinate import BaseRetryStrategy
from procrastinate import JobContext
from procrastinate import PsycopgConnector
from procrastinate import RetryDecision
from procrastinate.jobs import Job
from procrastinate.types import JSONValue

from ..database import db
from .settings import ATTEMPTS

P = ParamSpec("P")
JSON = dict[str, JSONValue]
Scheduled = Callable[[], None]

queue = App(connector=PsycopgConnector())  # a worker replaces it by a connected one


class Backoff(BaseRetryStrategy):
    """Exponential backoff with jitter; after the last attempt the job has failed."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        del exception
        if job.attempts + 1 >= ATTEMPTS:
            return None
        longest = current_app.config["JOBS_RETRY_SECONDS"] * 2**job.attempts
        delay = SystemRandom().uniform(longest / 2, longest)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=delay))


def job(body: Callable[P, None]) -> Callable[P, None]:
    """Register a function as a job. Its arguments are passed by name, as JSON."""
    call: Callable[..., None] = body

    def run(context: JobContext, /, **given: JSONValue) -> None:
        app: Flask = context.additional_context["app"]
        bound = structlog.contextvars.bound_contextvars(job=body.__name__, job_id=context.job.id)
        with app.app_context(), bound:
            call(**given)

    queue.task(name=body.__name__, retry=Backoff(), pass_context=True)(run)
    return body


def every(cron: str) -> Callable[[Scheduled], Scheduled]:
    """Register a scheduled job by a cron expression in UTC; one of the workers runs it."""

    def register(body: Scheduled) -> Scheduled:
        @job
        @wraps(body)
        def run(timestamp: int) -> None:
            del timestamp
            body()

        queue.periodic(cron=cron)(queue.tasks[run.__name__])
        return body

    return register


def put(job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Put a job into the queue when the transaction is committed.

    Raises a TypeError for positional arguments.
    """
    if args:
        raise TypeError("Pass the arguments of a job by name: put(job, name=value).")
    connection = db.session.connection().connection.driver_connection
    task = queue.tasks[job.__name__]
    task.configure(connection=connection).defer(**cast("JSON", kwargs))
