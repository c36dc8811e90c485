"""Accepts WebSockets only from users who may listen, and at most `LIVE_SOCKETS` at a time."""

from collections.abc import Iterable
from threading import BoundedSemaphore
from wsgiref.types import StartResponse
from wsgiref.types import WSGIApplication
from wsgiref.types import WSGIEnvironment

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import ServiceUnavailable

from . import rooms

SOCKETS = {"gunicorn.socket", "werkzeug.socket"}  # where the servers put the socket
# Pages answer a ping within 25 + 20 s; a vanished one must not keep its thread for longer.
SILENCE = 60

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Door:
    """WSGI middleware before Socket.IO, which would keep the socket of an anonymous user open."""

    def __init__(self, app: Flask, inner: WSGIApplication) -> None:
        self.app = app
        self.inner = inner
        self.seats = BoundedSemaphore(app.config["LIVE_SOCKETS"])

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Count the socket for as long as it is open, since it occupies a thread."""
        if not environ["PATH_INFO"].startswith("/socket.io/"):
            return self.inner(environ, start_response)
        if refused := self.refuse(environ):
            return refused(environ, start_response)
        for server in SOCKETS & environ.keys():
            environ[server].settimeout(SILENCE)
        try:
            return self.inner(environ, start_response)
        finally:
            self.seats.release()

    def refuse(self, environ: WSGIEnvironment) -> HTTPException | None:
        """Authenticate the request and count its socket; returns the response if it is refused."""
        try:
            with self.app.request_context(environ):
                environ["live.room"] = rooms.of_visitor()
        except SQLAlchemyError as error:
            log.warning("cannot tell who opens a socket", error=str(error))
            return ServiceUnavailable()
        if environ["live.room"] is None:
            return Forbidden()
        return None if self.seats.acquire(blocking=False) else ServiceUnavailable()
