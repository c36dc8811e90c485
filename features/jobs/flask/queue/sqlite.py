"""The queue: lists in Redis (or Valkey), by Dramatiq.

A job is sent after the commit. It runs at least once: again after an error, and again if its
worker dies. So a job must be idempotent.
"""

import time
from collections.abc import Callable
from typing import Any
from typing import ParamSpec

import structlog
from dramatiq import Actor
from dramatiq import Message
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Retries
from flask import Flask
from flask import current_app
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm import SessionTransaction
from werkzeug.exceptions import ServiceUnavailable

from .. import redis
from ..database import db
from .settings import ATTEMPTS

P = ParamSpec("P")
Scheduled = Callable[[], None]

BODIES: dict[str, Callable[..., None]] = {}
SCHEDULE: dict[str, str] = {}  # cron expressions by the name of the job
log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def job(body: Callable[P, None]) -> Callable[P, None]:
    """Register a function as a job. Its arguments are passed by name, as JSON."""
    BODIES[body.__name__] = body
    return body


def every(cron: str) -> Callable[[Scheduled], Scheduled]:
    """Register a scheduled job by a cron expression in UTC; one of the workers runs it."""

    def register(body: Scheduled) -> Scheduled:
        SCHEDULE[body.__name__] = cron
        return job(body)

    return register


def connect(app: Flask) -> None:
    """Create the queue of the app, with all registered jobs."""
    wait = int(app.config["JOBS_RETRY_SECONDS"] * 1000)
    queue = RedisBroker(  # type: ignore[no-untyped-call]
        client=redis.connect(app, timeout=5),
        heartbeat_timeout=int(app.config["JOBS_DEAD_AFTER"] * 1000),
        maintenance_chance=1_000_000,  # at each fetch, look for dead workers too
        middleware=[Retries(max_retries=ATTEMPTS - 1, min_backoff=wait)],
        namespace=app.import_name,
    )
    for name, body in BODIES.items():
        run = _inside(app, name, body)
        Actor(run, broker=queue, actor_name=name, queue_name="jobs", priority=0, options={})
    app.extensions["queue"] = queue


def _inside(app: Flask, name: str, body: Callable[..., None]) -> Callable[..., None]:
    def run(**given: Any) -> None:  # noqa: ANN401 (what JSON can hold)
        with app.app_context(), structlog.contextvars.bound_contextvars(job=name):
            body(**given)

    return run


def put(job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Put a job into the queue when the transaction is committed.

    Raises a TypeError for positional arguments.
    """
    try:
        redis.get_redis().ping()
    except RedisError:
        raise ServiceUnavailable("The queue is not available.", retry_after=5) from None
    db.session.connection()  # begins a transaction, without which a rollback sends no event
    db.session.info.setdefault("jobs", []).append(_message(job.__name__, *args, **kwargs))


def put_again(job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Send a job again that may have been lost; called by jobs."""
    _send(_message(job.__name__, *args, **kwargs))


def _message(name: str, *unnamed: object, **given: object) -> Message[Any]:
    if unnamed:
        raise TypeError("Pass the arguments of a job by name: put(job, name=value).")
    actor: Actor[..., Any] = current_app.extensions["queue"].get_actor(name)
    return actor.message(**given)


@event.listens_for(Session, "after_commit")
def _send_all(session: Session) -> None:
    if not session.in_nested_transaction():
        for message in session.info.pop("jobs", []):
            _send(message)


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, begun: SessionTransaction) -> None:
    if begun.nested:
        session.info.setdefault("savepoints", {})[begun] = len(session.info.get("jobs", []))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    if ended.nested or ended.parent is None:  # else it is a flush within one of these
        kept = session.info.get("savepoints", {}).pop(ended, 0)
        del session.info.get("jobs", [])[kept:]


def _send(message: Message[Any]) -> None:
    for delay in (0, 0.1, 0.5):
        time.sleep(delay)
        try:
            current_app.extensions["queue"].enqueue(message)
        except RedisError as error:
            log.warning("a job could not be sent", error=str(error))
        else:
            return
    # The row is committed: `exports/overdue.py` sends the job again.
