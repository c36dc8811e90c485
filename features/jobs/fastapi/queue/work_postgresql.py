"""The main loop of a worker."""

import asyncio
from contextlib import suppress

import structlog
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.jobs import Status
from psycopg import OperationalError

from ..database import utcnow
from ..engine import create_engine
from .queue import app
from .queue import every
from .settings import ATTEMPTS
from .settings import Sessions
from .settings import Settings

KEPT_HOURS = 30 * 24  # failed jobs are kept for inspection

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def work(sessions: Sessions) -> None:
    """Run jobs until cancelled; then finish the running jobs, or return them to the queue."""
    settings = Settings()
    url = create_engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        connector = PsycopgConnector(conninfo=url, kwargs={"connect_timeout": 5}, timeout=5)
        try:
            with app.replace_connector(connector):
                await _work(sessions, settings)
        except* (ConnectorException, OperationalError):
            log.warning("the database is not available, trying again")
        await asyncio.sleep(1)


async def _work(sessions: Sessions, settings: Settings) -> None:
    async with app.open_async(), asyncio.TaskGroup() as group:
        stopped = asyncio.Event()
        group.create_task(_return_stalled_jobs(settings.jobs_dead_after, stopped))
        try:
            await app.run_worker_async(
                additional_context={"sessions": sessions},
                concurrency=settings.jobs_concurrency,
                delete_jobs="successful",
                fetch_job_polling_interval=1,
                install_signal_handlers=False,
                shutdown_graceful_timeout=settings.jobs_stop_seconds,
                stalled_worker_timeout=settings.jobs_dead_after,
                update_heartbeat_interval=settings.jobs_dead_after / 3,
            )
        finally:
            stopped.set()  # losing the connection may swallow a cancellation


async def _return_stalled_jobs(dead_after: float, stopped: asyncio.Event) -> None:
    """Return the jobs of dead workers to the queue."""
    while not stopped.is_set():
        jobs = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after)
        for job in jobs:
            await _retry(job)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), dead_after / 3)


async def _retry(job: Job) -> None:
    try:
        # The last retry finds no attempts left, and marks the export as failed.
        if job.attempts < ATTEMPTS:
            await app.job_manager.retry_job(job, retry_at=utcnow())
        else:  # this job may be what kills its workers
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    except ConnectorException:
        log.info("another worker has returned the job to the queue", job_id=job.id)
    else:
        log.warning("a worker has died while it ran this job", job=job.task_name, job_id=job.id)


@every("0 4 * * *")
async def delete_failed_jobs(_: Sessions) -> None:
    await app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True)
