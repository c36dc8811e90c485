"""The keys of the cache in Redis, and what happens while Redis is unavailable."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import NoScriptError
from redis.exceptions import RedisError

# Compare and set, atomically. The key `cache` holds the name of the current generation, which is
# part of all other keys.
COMPARE_AND_SET = """
local key = 'cache:' .. redis.call('GET', 'cache') .. ':' .. KEYS[1]
local found = redis.call('GET', key) or ''
if ARGV[1] == '*' or ARGV[1] == found then
    redis.call('SET', key, ARGV[2], 'EX', ARGV[3])
end
return found
"""
SCRIPT_ID = hashlib.sha1(COMPARE_AND_SET.encode(), usedforsecurity=False).hexdigest()
ANYTHING = "*"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Store:
    """Values by key, in generations: a new generation starts empty, which invalidates everything.

    One is started whenever an invalidation may have been lost.
    """

    def __init__(self, quick: Redis, patient: Redis) -> None:
        self._quick = quick  # fails after a short timeout
        self._patient = patient
        self._outdated = False  # whether a new generation is still to be started
        self._restart: asyncio.Task[None] | None = None

    async def compare_and_set(
        self, key: str, expected: str, new: str, seconds: int
    ) -> bytes | None:
        """Set the key to `new` for some seconds if it holds `expected`.

        Return what it held before: `b""` if nothing, None if Redis is unavailable.
        """
        if self._restart:  # do not wait for a server that is known to be unavailable
            return None
        try:
            reply = self._quick.evalsha(SCRIPT_ID, 1, key, expected, new, str(seconds))
            return await cast("Awaitable[bytes]", reply)
        except NoScriptError:
            # Redis has restarted, perhaps with old values: it persists values, but not scripts.
            await self.start_generation()
            return await self.compare_and_set(key, expected, new, seconds)
        except RedisError as error:
            log.warning("the cache is unavailable", error=repr(error))
            await self.start_generation()
        return None

    async def set(self, key: str, new: str, seconds: int) -> bytes | None:
        """Set the key whatever it holds. Return None if Redis is unavailable."""
        return await self.compare_and_set(key, ANYTHING, new, seconds)

    async def start_generation(self) -> None:
        """Invalidate everything: now, or when Redis is back. Until then it is not used."""
        self._outdated = True
        if not self._restart:
            self._restart = asyncio.create_task(self._start_generation())
            await asyncio.wait([self._restart], timeout=0.1)

    async def _start_generation(self) -> None:
        while self._outdated:
            self._outdated = False  # set again by an error from here on
            try:
                async with self._patient.pipeline() as both:
                    both.set("cache", secrets.token_hex(8))
                    both.script_load(COMPARE_AND_SET)
                    await both.execute()
            except RedisError:
                self._outdated = True
                await asyncio.sleep(0.5)
        self._restart = None

    def close(self) -> None:
        if self._restart:
            self._restart.cancel()
