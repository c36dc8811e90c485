"""How the feed gets from an endpoint to the clients of all processes: by a channel of Redis."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextlib import suppress
from typing import Self

import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncSession

from ..broker import connect
from .hub import Hub
from .messages import News

CHANNEL = "feed"
MISSED = ""  # somebody could not tell
QUIET_SECONDS = 10  # then the server is asked whether it is still there

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Feed:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._untold: asyncio.Queue[str] = asyncio.Queue()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        tasks = {asyncio.create_task(part) for part in (self._keep_listening(), self._tell())}
        try:
            yield self
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._untold.join()
        finally:
            while tasks:  # once is not enough: `wait_for` of Python 3.11 may lose it
                for task in tasks:
                    task.cancel()
                _, tasks = await asyncio.wait(tasks, timeout=0.5)

    @asynccontextmanager
    async def telling(self, session: AsyncSession, *news: News) -> AsyncGenerator[None]:
        """Wrap a commit: what it has made true is told after it, and nobody waits for that."""
        del session
        yield
        for one in news:
            self._untold.put_nowait(one.model_dump_json())

    async def _tell(self) -> None:
        async with connect() as redis:
            while True:
                message = await self._untold.get()
                try:
                    await redis.publish(CHANNEL, message)
                except RedisError:
                    self._give_up()
                    await asyncio.sleep(1)
                self._untold.task_done()

    def _give_up(self) -> None:
        """Once the server is back, tell only that messages were missed."""
        while not self._untold.empty():
            self._untold.get_nowait()
            self._untold.task_done()
        self._untold.put_nowait(MISSED)

    async def _keep_listening(self) -> None:
        while True:
            try:
                async with connect(timeout=5) as redis, redis.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    await self._listen(channel)
            except (RedisError, TimeoutError) as error:
                if self._hub.close():
                    log.warning("the feed is interrupted", error=repr(error))
            await asyncio.sleep(1)

    async def _listen(self, channel: PubSub) -> None:
        asked = False
        while True:
            message = await channel.get_message(timeout=QUIET_SECONDS)
            if message is None:
                if asked:
                    raise TimeoutError
                await channel.ping()
            elif message["type"] == "subscribe":
                self._hub.open()
            elif message["type"] == "message":
                self._hear(message["data"])
            asked = message is None

    def _hear(self, data: bytes) -> None:
        if data:
            self._hub.deliver(data)
        else:  # MISSED
            self._hub.close()
            self._hub.open()
