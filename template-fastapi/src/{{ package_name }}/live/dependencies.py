"""The start-up of live updates, and the dependencies by which endpoints use them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated
from typing import cast

from fastapi import Depends
from fastapi import FastAPI
from fastapi.requests import HTTPConnection
from pydantic import Field

from ..core.settings import Environment
from .hub import Hub
from .transport import LiveUpdates


class Settings(Environment):
    feed_seconds: int = Field(default=900, gt=0)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    hub = Hub(Settings().feed_seconds)
    async with LiveUpdates(hub).running() as live_updates:
        yield {"hub": hub, "live_updates": live_updates}


def get_hub(connection: HTTPConnection) -> Hub:
    return cast("Hub", connection.state.hub)


def get_live_updates(connection: HTTPConnection) -> LiveUpdates:
    return cast("LiveUpdates", connection.state.live_updates)


HubDep = Annotated[Hub, Depends(get_hub)]
LiveUpdatesDep = Annotated[LiveUpdates, Depends(get_live_updates)]
