"""The worker process."""

import signal
from datetime import UTC
from datetime import datetime
from threading import Event
from threading import Thread
from threading import current_thread
from threading import main_thread

import structlog
from croniter import croniter
from dramatiq import Worker
from flask import Flask
from redis.exceptions import RedisError

from .queue import SCHEDULE

DAY = 24 * 60 * 60
log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def work(app: Flask) -> None:
    """Run jobs until SIGTERM or SIGINT; then finish running jobs within `JOBS_STOP_SECONDS`.

    Jobs that take longer are taken over by another worker, as after a crash.
    """
    stopped = Event()
    if current_thread() is main_thread():
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stopped.set())
    worker = Worker(app.extensions["queue"], worker_threads=app.config["JOBS_CONCURRENCY"])
    worker.start()
    clock = Thread(target=_put_scheduled, args=(app, stopped), daemon=True)
    clock.start()
    stopped.wait()
    worker.stop(timeout=int(app.config["JOBS_STOP_SECONDS"] * 1000))


def _put_scheduled(app: Flask, stopped: Event) -> None:
    since = datetime.now(UTC)
    while not stopped.wait(1):
        now = datetime.now(UTC)
        try:
            for name, cron in SCHEDULE.items():
                due = croniter(cron, since).get_next(datetime)
                if due <= now:
                    _put_once(app, name, due)
        except RedisError:
            log.warning("the queue is not available, trying again")
        else:
            since = now


def _put_once(app: Flask, name: str, due: datetime) -> None:
    """Put a scheduled job once: the first worker to set the key in Redis does it."""
    queue = app.extensions["queue"]
    claim = f"{queue.namespace}:clock:{name}:{due.timestamp():.0f}"
    if queue.client.set(claim, 1, nx=True, ex=DAY):
        queue.enqueue(queue.get_actor(name).message())
