"""How an event gets from an endpoint to the clients of all processes: LISTEN and NOTIFY."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Self

import structlog
from psycopg import AsyncConnection
from psycopg import Error
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.engine import Settings
from .hub import Hub
from .messages import Event

CHANNEL = "live_updates"
QUIET_SECONDS = 10  # without a notification; then check that the connection is alive

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LiveUpdates:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        listening = asyncio.create_task(self._keep_listening())
        try:
            yield self
        finally:
            listening.cancel()
            await asyncio.wait([listening])

    @asynccontextmanager
    async def publishing(self, session: AsyncSession, *events: Event) -> AsyncGenerator[None]:
        """Wrap a commit: PostgreSQL sends a NOTIFY if and when its transaction commits."""
        for event in events:
            await session.execute(select(func.pg_notify(CHANNEL, event.model_dump_json())))
        yield

    async def _keep_listening(self) -> None:
        while True:
            try:
                await self._listen()
            except (Error, TimeoutError) as error:
                if self._hub.close():
                    log.warning("live updates are interrupted", error=repr(error))
            await asyncio.sleep(1)

    async def _listen(self) -> None:
        url = Settings().database_url
        async with await AsyncConnection.connect(
            url, autocommit=True, connect_timeout=5
        ) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._hub.open()
            while True:
                async for notification in connection.notifies(timeout=QUIET_SECONDS):
                    self._hub.deliver(notification.payload)
                async with asyncio.timeout(QUIET_SECONDS):
                    await connection.execute("SELECT 1")
