"""The dependency `CacheDep`, by which endpoints read through the cache and invalidate it."""

import secrets
from collections.abc import AsyncGenerator
from collections.abc import Awaitable
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Annotated
from typing import TypeVar
from typing import cast

from fastapi import APIRouter
from fastapi import Depends
from fastapi import FastAPI
from fastapi.requests import HTTPConnection
from pydantic import BaseModel
from pydantic import Field
from pydantic import ValidationError

from ..redis import connect
from ..settings import Environment
from .store import Store

# Leases keep stale values out. On a miss, a reader stores a lease (a random token), loads the value
# from the database, and caches it only if the key still holds that lease; a reader that finds the
# lease of another one caches nothing. A writer sets the key to BLOCKED before its commit and to
# EMPTY after it: both remove the leases of readers that may have loaded the old row. Should a lease
# or a block expire early, EMPTY is still set before the writer responds. If a writer cannot reach
# Redis, the store starts a new generation of keys, and the old keys are never read again.
EMPTY, BLOCKED, LEASE_SECONDS = "", "-", 10

Model = TypeVar("Model", bound=BaseModel)


class Settings(Environment):
    cache_seconds: int = Field(default=60, gt=0)
    cache_timeout_seconds: float = Field(default=0.1, gt=0)


class Cache:
    def __init__(self, store: Store, seconds: int) -> None:
        self._store = store
        self._seconds = seconds

    async def get(self, key: str, kind: type[Model], load: Callable[[], Awaitable[Model]]) -> Model:
        """Return the value cached under `key`, or else call `load` and cache its result.

        `kind` is the model of the value.
        """
        lease = f"?{secrets.token_hex(8)}"
        found = await self._store.compare_and_set(key, EMPTY, lease, LEASE_SECONDS)
        if found and found.startswith(b"{"):
            try:
                return kind.model_validate_json(found)
            except ValidationError:  # cached by another version of the service
                return await load()
        value = await load()
        if found == b"":
            await self._store.compare_and_set(key, lease, value.model_dump_json(), self._seconds)
        return value

    @asynccontextmanager
    async def invalidating(self, *keys: str) -> AsyncGenerator[None]:
        """Invalidate the keys around a commit, so that their old values are not read after it."""
        results = [await self._store.set(key, BLOCKED, LEASE_SECONDS) for key in keys]
        try:
            yield
        finally:
            results += [await self._store.set(key, EMPTY, 1) for key in keys]
            if None in results:  # a key may still hold its old value
                await self._store.start_generation()


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    """Connect with a short timeout for requests, and a longer one for reconnecting."""
    settings = Settings()
    timeout = settings.cache_timeout_seconds
    async with connect(timeout=timeout) as quick, connect(timeout=5) as patient:
        store = Store(quick, patient)
        yield {"cache": Cache(store, settings.cache_seconds)}
        store.close()


def get_cache(connection: HTTPConnection) -> Cache:
    return cast("Cache", connection.state.cache)


CacheDep = Annotated[Cache, Depends(get_cache)]

router = APIRouter(lifespan=lifespan)
