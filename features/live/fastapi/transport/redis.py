"""How an event gets from an endpoint to the clients of all processes: a Redis channel."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextlib import suppress
from typing import Self

import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.redis import connect
from .hub import Hub
from .messages import Event

CHANNEL = "live_updates"
MISSED = ""  # published instead of events that could not be
QUIET_SECONDS = 10  # without a message; then check that the connection is alive

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LiveUpdates:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._unpublished: asyncio.Queue[str] = asyncio.Queue()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        tasks = {asyncio.create_task(part) for part in (self._keep_listening(), self._publish())}
        try:
            yield self
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._unpublished.join()
        finally:
            while tasks:  # `wait_for` of Python 3.11 may swallow a cancellation: cancel again
                for task in tasks:
                    task.cancel()
                _, tasks = await asyncio.wait(tasks, timeout=0.5)

    @asynccontextmanager
    async def publishing(self, session: AsyncSession, *events: Event) -> AsyncGenerator[None]:
        """Wrap a commit: queue the events once it has succeeded. The request does not wait."""
        del session
        yield
        for event in events:
            self._unpublished.put_nowait(event.model_dump_json())

    async def _publish(self) -> None:
        async with connect() as redis:
            while True:
                message = await self._unpublished.get()
                try:
                    await redis.publish(CHANNEL, message)
                except RedisError:
                    self._give_up()
                    await asyncio.sleep(1)
                self._unpublished.task_done()

    def _give_up(self) -> None:
        """Replace all that waits by one message, which says that events were missed."""
        while not self._unpublished.empty():
            self._unpublished.get_nowait()
            self._unpublished.task_done()
        self._unpublished.put_nowait(MISSED)

    async def _keep_listening(self) -> None:
        while True:
            try:
                async with connect(timeout=5) as redis, redis.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    await self._listen(channel)
            except (RedisError, TimeoutError) as error:
                if self._hub.close():
                    log.warning("live updates are interrupted", error=repr(error))
            await asyncio.sleep(1)

    async def _listen(self, channel: PubSub) -> None:
        pinged = False
        while True:
            message = await channel.get_message(timeout=QUIET_SECONDS)
            if message is None:
                if pinged:
                    raise TimeoutError
                await channel.ping()
            elif message["type"] == "subscribe":
                self._hub.open()
            elif message["type"] == "message":
                self._handle(message["data"])
            pinged = message is None

    def _handle(self, data: bytes) -> None:
        if data:
            self._hub.deliver(data)
        else:  # MISSED: make all clients read the notes again
            self._hub.close()
            self._hub.open()
