"""The main loop of a worker."""

import asyncio
from datetime import timedelta

from docket import Worker

from .queue import SESSIONS
from .queue import connect
from .settings import Sessions
from .settings import Settings


async def work(sessions: Sessions) -> None:
    """Run jobs until cancelled; then finish the running jobs, or leave them to another worker.

    Another worker takes over a job that has had no heartbeat for `redelivery_timeout`.
    """
    settings = Settings()
    SESSIONS.set(sessions)
    async with (
        connect() as docket,
        Worker(
            docket,
            concurrency=settings.jobs_concurrency,
            reconnection_delay=timedelta(seconds=1),
            redelivery_timeout=timedelta(seconds=settings.jobs_dead_after),
        ) as worker,
    ):
        running = asyncio.ensure_future(worker.run_forever())
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            running.cancel()
            await asyncio.wait([running], timeout=settings.jobs_stop_seconds)
            running.cancel()
            raise
