"""Counters in Redis, shared by all processes. While it is unavailable, nothing is refused."""

import time
from collections.abc import Sequence
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

PAUSE = 5.0  # seconds without requests to a server that did not respond

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Counter:
    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.down = False
        self.ask_again = 0.0

    async def add(self, names: Sequence[str], state: dict[str, Any]) -> list[tuple[int, int]]:
        """Increment each counter. Return its count, and the seconds until it is reset."""
        if time.monotonic() < self.ask_again:
            return []
        try:
            counted = await self._count(names, state["redis"])
        except RedisError as error:
            self._is_down(error)
            return []
        if self.down:
            log.info("Redis is available again: requests are counted")
            self.down = False
        return counted

    async def _count(self, names: Sequence[str], redis: Redis) -> list[tuple[int, int]]:
        async with redis.pipeline() as pipe:
            for name in names:
                pipe.set(f"rate_limit:{name}", 0, ex=self.seconds, nx=True)
                pipe.incr(f"rate_limit:{name}")
                pipe.ttl(f"rate_limit:{name}")
            answers = await pipe.execute()
        pairs = zip(answers[1::3], answers[2::3], strict=True)
        return [(used, max(left, 1)) for used, left in pairs]

    def _is_down(self, error: RedisError) -> None:
        if not self.down:
            log.warning("Redis is unavailable: requests are not counted", error=str(error))
        self.down = True
        self.ask_again = time.monotonic() + PAUSE
