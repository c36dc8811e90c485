"""The connection to Redis or Valkey, shared by the features that use it (`RedisDep`)."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated
from typing import Any
from typing import cast

from fastapi import APIRouter
from fastapi import Depends
from fastapi import FastAPI
from fastapi.requests import HTTPConnection
from pydantic import Field
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from .settings import Environment


class Settings(Environment):
    # It may hold a password: `repr=False` keeps it out of logs and tracebacks.
    redis_url: str = Field(default="", repr=False)


def connect(*, timeout: float = 1) -> Redis:
    """Return a client that fails after `timeout` seconds, without retries."""
    fast: dict[str, Any] = {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    try:
        return Redis.from_url(Settings().redis_url, retry=Retry(NoBackoff(), 0), **fast)
    except ValueError:  # do not show the URL, which may hold a password
        refusal = "Set REDIS_URL to the URL of the server: redis://:<password>@<host>:6379/0."
        raise SystemExit(refusal) from None


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    """Connect lazily, so that the service starts while Redis is unavailable."""
    async with connect() as redis:
        yield {"redis": redis}


def get_redis(connection: HTTPConnection) -> Redis:
    return cast("Redis", connection.state.redis)


RedisDep = Annotated[Redis, Depends(get_redis)]

router = APIRouter(lifespan=lifespan)
