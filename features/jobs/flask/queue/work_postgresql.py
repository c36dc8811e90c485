"""The worker process."""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from threading import current_thread
from threading import main_thread

import structlog
from flask import Flask
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.jobs import Status
from psycopg import OperationalError
from sqlalchemy.engine import make_url

from ..engine import options
from .queue import queue
from .settings import ATTEMPTS

KEPT_HOURS = 30 * 24  # keep failed jobs for inspection
LOOKUPS = 4  # extra threads for DNS lookups of the database's host

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def work(app: Flask) -> None:
    """Run jobs until SIGTERM or SIGINT; then finish running jobs within `JOBS_STOP_SECONDS`."""
    with app.app_context():
        asyncio.run(_run(app))


async def _run(app: Flask) -> None:
    loop = asyncio.get_running_loop()
    threads = app.config["JOBS_CONCURRENCY"] + LOOKUPS
    loop.set_default_executor(ThreadPoolExecutor(threads))
    working = asyncio.ensure_future(_work_on(app))
    if current_thread() is main_thread():
        for name in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(name, _stop(working, app.config["JOBS_STOP_SECONDS"]))
    with suppress(asyncio.CancelledError):
        await working


def _stop(working: asyncio.Future[None], seconds: float) -> Callable[[], None]:
    def stop() -> None:
        working.cancel()
        # A thread cannot be killed, so the process exits; another worker takes the job over.
        asyncio.get_running_loop().call_later(seconds, os._exit, 1)

    return stop


async def _work_on(app: Flask) -> None:
    url = make_url(options(app.config["DATABASE_URL"])["url"]).set(drivername="postgresql")
    info = url.render_as_string(hide_password=False)
    while True:
        connector = PsycopgConnector(conninfo=info, kwargs={"connect_timeout": 5}, timeout=5)
        try:
            with queue.replace_connector(connector):
                await _work(app)
        except* (ConnectorException, OperationalError):
            log.warning("the database is not available, trying again")
        await asyncio.sleep(1)


async def _work(app: Flask) -> None:
    dead_after = app.config["JOBS_DEAD_AFTER"]
    async with queue.open_async(), asyncio.TaskGroup() as group:
        stopped = asyncio.Event()
        group.create_task(_take_back(dead_after, stopped))
        try:
            await queue.run_worker_async(
                additional_context={"app": app},
                concurrency=app.config["JOBS_CONCURRENCY"],
                delete_jobs="successful",
                fetch_job_polling_interval=1,
                install_signal_handlers=False,
                stalled_worker_timeout=dead_after,
                update_heartbeat_interval=dead_after / 3,
            )
        finally:
            stopped.set()  # a lost connection swallows a cancellation


async def _take_back(dead_after: float, stopped: asyncio.Event) -> None:
    """Requeue the jobs of dead workers."""
    while not stopped.is_set():
        for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after):
            await _retry(job)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), dead_after / 3)


async def _retry(job: Job) -> None:
    try:
        if job.attempts < ATTEMPTS:  # the last run only marks it as failed
            await queue.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        else:  # the job itself may kill its workers
            await queue.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    except ConnectorException:
        log.info("another worker has requeued the job", job_id=job.id)
    else:
        log.warning("the worker of this job has died", job=job.task_name, job_id=job.id)


@queue.periodic(cron="0 4 * * *")
@queue.task(name="delete_failed_jobs")
async def delete_failed_jobs(timestamp: int) -> None:
    """Delete jobs that failed more than 30 days ago."""
    del timestamp
    await queue.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True)
