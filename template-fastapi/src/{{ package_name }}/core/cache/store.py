"""The server that keeps what is cached: what it holds, and what happens when it is away."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import NoScriptError
from redis.exceptions import RedisError

# Compare and set, in the generation of now. The first key of a generation is its name.
SWAP = """
local key = 'cache:' .. redis.call('GET', 'cache') .. ':' .. KEYS[1]
local found = redis.call('GET', key) or ''
if ARGV[1] == '*' or ARGV[1] == found then
    redis.call('SET', key, ARGV[2], 'EX', ARGV[3])
end
return found
"""
SWAP_ID = hashlib.sha1(SWAP.encode(), usedforsecurity=False).hexdigest()
ANYTHING = "*"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Store:
    """Values by key. Whenever one may have been missed, a new generation begins, without any."""

    def __init__(self, quick: Redis, patient: Redis) -> None:
        self._quick = quick
        self._patient = patient
        self._owing = False
        self._renewal: asyncio.Task[None] | None = None

    async def swap(self, key: str, expected: str, new: str, seconds: int) -> bytes | None:
        """Give what was there. None: the server is away, nothing is known, and it cost nothing."""
        if self._renewal:
            return None
        try:
            reply = self._quick.evalsha(SWAP_ID, 1, key, expected, new, str(seconds))
            return await cast("Awaitable[bytes]", reply)
        except NoScriptError:
            # A server that restarts may bring old values, but never the script.
            await self.renew()
            return await self.swap(key, expected, new, seconds)
        except RedisError as error:
            log.warning("the cache is away", error=repr(error))
            await self.renew()
        return None

    async def renew(self) -> None:
        """Forget everything: at once, or when the server is back. It is not asked until then."""
        self._owing = True
        if not self._renewal:
            self._renewal = asyncio.create_task(self._renew())
            await asyncio.wait([self._renewal], timeout=0.1)

    async def _renew(self) -> None:
        while self._owing:
            self._owing = False  # whatever goes wrong from here on asks for another one
            try:
                async with self._patient.pipeline() as both:
                    both.set("cache", secrets.token_hex(8))
                    both.script_load(SWAP)
                    await both.execute()
            except RedisError:
                self._owing = True
                await asyncio.sleep(0.5)
        self._renewal = None

    def close(self) -> None:
        if self._renewal:
            self._renewal.cancel()
