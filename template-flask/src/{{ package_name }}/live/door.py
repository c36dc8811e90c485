"""Opens sockets only to those who may hear something, and no more than there are threads for."""

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

SOCKETS = {"gunicorn.socket", "werkzeug.socket"}  # what WebSockets are read from
# A page that is there answers a ping in 25 + 20 s; one that has vanished must not keep its seat.
SILENCE = 60

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Door:
    """Stands before Socket.IO, which would keep the socket of a stranger open."""

    def __init__(self, app: Flask, inner: WSGIApplication) -> None:
        self.app = app
        self.inner = inner
        self.seats = BoundedSemaphore(app.config["LIVE_SOCKETS"])

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hold a seat for as long as the socket is open: so long it needs a thread."""
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
        """Find out who asks, and take a seat, or say why not."""
        try:
            with self.app.request_context(environ):
                environ["live.room"] = rooms.of_visitor()
        except SQLAlchemyError as error:
            log.warning("cannot tell who opens a socket", error=str(error))
            return ServiceUnavailable()
        if environ["live.room"] is None:
            return Forbidden()
        return None if self.seats.acquire(blocking=False) else ServiceUnavailable()
