"""Opens sockets only to those who may hear something, and no more than there are threads for."""

from collections.abc import Iterable
from threading import BoundedSemaphore
from wsgiref.types import StartResponse
from wsgiref.types import WSGIApplication
from wsgiref.types import WSGIEnvironment

from flask import Flask
from werkzeug.exceptions import Forbidden
from werkzeug.exceptions import ServiceUnavailable

from . import rooms


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
        with self.app.request_context(environ):
            environ["live.room"] = rooms.of_visitor()
        if environ["live.room"] is None:
            return Forbidden()(environ, start_response)
        if not self.seats.acquire(blocking=False):
            return ServiceUnavailable()(environ, start_response)
        try:
            return self.inner(environ, start_response)
        finally:
            self.seats.release()
