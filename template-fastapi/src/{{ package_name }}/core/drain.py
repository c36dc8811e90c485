"""Graceful shutdown: after SIGTERM, the process is not ready any more, but serves on for a while.

So the load balancer takes it out before it stops, and no request is lost.
"""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from threading import Event
from threading import current_thread
from threading import main_thread
from types import FrameType

from fastapi import APIRouter
from fastapi import FastAPI
from pydantic import Field
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from .problems import problem
from .settings import Environment

draining = Event()


class Settings(Environment):
    drain_seconds: float = Field(default=0, ge=0)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    """Handle SIGTERM before the server does.

    Python allows signal handlers in the main thread only; tests run the service in another.
    """
    if current_thread() is not main_thread():
        yield
        return
    server_stops = signal.getsignal(signal.SIGTERM)
    loop = asyncio.get_running_loop()

    def drain(number: int, frame: FrameType | None) -> None:
        draining.set()
        if callable(server_stops):
            stop = partial(server_stops, number, frame)
            loop.call_soon_threadsafe(loop.call_later, Settings().drain_seconds, stop)

    signal.signal(signal.SIGTERM, drain)
    yield
    signal.signal(signal.SIGTERM, server_stops)


class Drain:
    """Middleware: while draining, answer /readyz with 503 and close the connections of clients."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not draining.is_set():
            await self.app(scope, receive, send)
            return

        async def send_and_close(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        ready = scope["path"] != "/readyz"
        answer = self.app if ready else problem(503, "The process is shutting down.")
        await answer(scope, receive, send_and_close)


router = APIRouter(lifespan=lifespan)
