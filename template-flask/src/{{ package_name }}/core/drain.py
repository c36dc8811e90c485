"""The way out: told to stop, gunicorn says so and serves on, until nobody asks it any more."""

import signal
from mmap import mmap
from threading import Timer
from types import FrameType
from typing import Protocol

from flask import Flask
from pydantic import Field

from . import settings

# Imported before gunicorn forks, this byte is the same one in all its processes.
DRAINING = mmap(-1, 1)


class Settings(settings.Settings):
    drain_seconds: float = Field(default=0, ge=0)


class Request(Protocol):
    """What gunicorn has read."""

    def force_close(self) -> None: ...


def init_app(app: Flask) -> None:
    """Be ready for as long as nobody has said stop."""
    settings.load(app, Settings)
    app.extensions["health"]["process"] = lambda: not draining()


def draining() -> bool:
    return DRAINING[0] != 0


def when_ready(_server: object) -> None:
    """Take SIGTERM before gunicorn does, which would stop to listen at once (gunicorn's hook)."""
    stop = signal.getsignal(signal.SIGTERM)

    def drain(number: int, frame: FrameType | None) -> None:
        if callable(stop) and not draining():
            DRAINING[0] = 1
            Timer(Settings().drain_seconds, stop, (number, frame)).start()

    signal.signal(signal.SIGTERM, drain)


def pre_request(_worker: object, request: Request) -> None:
    """Let each answer end its connection, so that the next one goes elsewhere (gunicorn's hook)."""
    if draining():
        request.force_close()
