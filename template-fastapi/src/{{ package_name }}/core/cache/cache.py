"""What endpoints ask for: `CacheDep`."""

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
from .store import ANYTHING
from .store import Store

# A reader that finds nothing leaves a mark of its own, and later fills only what still holds it.
# A writer blocks the key before its commit and empties it before its response: either wipes the
# marks of those who may have read the old row. A reader who finds another's mark fills nothing.
# If a mark or a block expires early, the second wipe of the writer still comes before its
# response. What a writer could not wipe is in a generation that nobody reads any more.
NOTHING, BLOCKED, MARK_SECONDS = "", "-", 10

Model = TypeVar("Model", bound=BaseModel)


class Settings(Environment):
    cache_seconds: int = Field(default=60, gt=0)
    cache_timeout_seconds: float = Field(default=0.1, gt=0)


class Cache:
    def __init__(self, store: Store, seconds: int) -> None:
        self._store = store
        self._seconds = seconds

    async def get(self, key: str, kind: type[Model], load: Callable[[], Awaitable[Model]]) -> Model:
        """Give what is kept under this key, or else load it and keep it."""
        mark = f"?{secrets.token_hex(8)}"
        found = await self._store.swap(key, NOTHING, mark, MARK_SECONDS)
        if found and found.startswith(b"{"):
            try:
                return kind.model_validate_json(found)
            except ValidationError:  # another version of the service has kept it
                return await load()
        value = await load()
        if found == b"":
            await self._store.swap(key, mark, value.model_dump_json(), self._seconds)
        return value

    @asynccontextmanager
    async def invalidating(self, *keys: str) -> AsyncGenerator[None]:
        """Wrap a commit: what is kept under these keys is not read after it."""
        told = [await self._store.swap(key, ANYTHING, BLOCKED, MARK_SECONDS) for key in keys]
        try:
            yield
        finally:
            told += [await self._store.swap(key, ANYTHING, NOTHING, 1) for key in keys]
            if None in told:
                await self._store.renew()


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    """Ask with little patience, since the database answers as well; come back with more."""
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
