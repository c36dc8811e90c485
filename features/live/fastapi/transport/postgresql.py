"""How the feed gets from an endpoint to the clients of all processes: by LISTEN and NOTIFY."""

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

from ..engine import Settings
from .hub import Hub
from .messages import News

CHANNEL = "feed"
QUIET_SECONDS = 10  # then the server is asked whether it is still there

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Feed:
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
    async def telling(self, session: AsyncSession, *news: News) -> AsyncGenerator[None]:
        """Wrap a commit: PostgreSQL tells of it if and when it succeeds."""
        for one in news:
            await session.execute(select(func.pg_notify(CHANNEL, one.model_dump_json())))
        yield

    async def _keep_listening(self) -> None:
        while True:
            try:
                await self._listen()
            except (Error, TimeoutError) as error:
                if self._hub.close():
                    log.warning("the feed is interrupted", error=repr(error))
            await asyncio.sleep(1)

    async def _listen(self) -> None:
        url = Settings().database_url
        async with await AsyncConnection.connect(
            url, autocommit=True, connect_timeout=5
        ) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._hub.open()
            while True:
                async for notice in connection.notifies(timeout=QUIET_SECONDS):
                    self._hub.deliver(notice.payload)
                async with asyncio.timeout(QUIET_SECONDS):
                    await connection.execute("SELECT 1")
