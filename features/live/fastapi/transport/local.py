"""How the feed gets from an endpoint to the clients: there is one process, so directly."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from .hub import Hub
from .messages import News


class Feed:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        self._hub.open()
        yield self

    @asynccontextmanager
    async def telling(self, session: AsyncSession, *news: News) -> AsyncGenerator[None]:
        """Wrap a commit: what it has made true is told after it."""
        del session
        yield
        for one in news:
            self._hub.deliver(one.model_dump_json())
