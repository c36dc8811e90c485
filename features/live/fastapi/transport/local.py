"""How an event gets from an endpoint to the clients: within this process, which is the only one."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from .hub import Hub
from .messages import Event


class LiveUpdates:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        self._hub.open()
        yield self

    @asynccontextmanager
    async def publishing(self, session: AsyncSession, *events: Event) -> AsyncGenerator[None]:
        """Wrap a commit: publish the events once it has succeeded."""
        del session
        yield
        for event in events:
            self._hub.deliver(event.model_dump_json())
