"""Graceful shutdown: after SIGTERM the app reports that it is not ready, but keeps serving."""

import signal
from mmap import mmap
from threading import Timer
from types import FrameType
from typing import Protocol

from flask import Flask
from pydantic import Field

from . import settings

# Shared memory: gunicorn imports this module before it forks its workers.
DRAINING = mmap(-1, 1)


class Settings(settings.Settings):
    drain_seconds: float = Field(default=0, ge=0)


class Request(Protocol):
    """The request of gunicorn."""

    def force_close(self) -> None: ...


def init_app(app: Flask) -> None:
    """Fail the readiness check while draining."""
    settings.load(app, Settings)
    app.extensions["health"]["process"] = lambda: not draining()


def draining() -> bool:
    return DRAINING[0] != 0


def when_ready(_server: object) -> None:
    """Delay gunicorn's handling of SIGTERM, which stops listening at once (hook of gunicorn)."""
    stop = signal.getsignal(signal.SIGTERM)

    def drain(number: int, frame: FrameType | None) -> None:
        if callable(stop) and not draining():
            DRAINING[0] = 1
            Timer(Settings().drain_seconds, stop, (number, frame)).start()

    signal.signal(signal.SIGTERM, drain)


def pre_request(_worker: object, request: Request) -> None:
    """Close keep-alive connections, so that clients reconnect elsewhere (hook of gunicorn)."""
    if draining():
        request.force_close()
