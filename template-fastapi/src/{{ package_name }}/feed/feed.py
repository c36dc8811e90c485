"""The feed of this process, from start to stop."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated
from typing import cast

from fastapi import Depends
from fastapi import FastAPI
from fastapi.requests import HTTPConnection
from pydantic import Field

from .. import Environment
from .hub import Hub
from .transport import Feed


class Settings(Environment):
    feed_seconds: int = Field(default=900, gt=0)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    hub = Hub(Settings().feed_seconds)
    async with Feed(hub).running() as feed:
        yield {"hub": hub, "feed": feed}


def get_hub(connection: HTTPConnection) -> Hub:
    return cast("Hub", connection.state.hub)


def get_feed(connection: HTTPConnection) -> Feed:
    return cast("Feed", connection.state.feed)


HubDep = Annotated[Hub, Depends(get_hub)]
FeedDep = Annotated[Feed, Depends(get_feed)]
