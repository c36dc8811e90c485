"""Live updates: a list that is open somewhere shows what has changed, at once."""

import logging

from flask import Flask
from flask import request
from flask_socketio import SocketIO
from flask_socketio import join_room
from pydantic import Field

from ..core import settings
from ..core.assets import add_script
from . import changes
from . import stop
from .door import Door
from .processes import Processes


class Settings(settings.Settings):
    live_sockets: int = Field(default=80, gt=0)


log = logging.getLogger(__name__)
log.setLevel(logging.ERROR)  # of every single socket nobody wants to read
socketio = SocketIO(
    async_mode="threading",
    logger=log,
    engineio_logger=log,
    manage_session=False,
    transports=["websocket"],
)


def init_app(app: Flask) -> None:
    """Serve sockets beside the pages, which go on without them."""
    settings.load(app, Settings)
    socketio.init_app(app, client_manager=Processes(app))
    app.wsgi_app = Door(app, app.wsgi_app)  # type: ignore[method-assign]
    changes.init_app(app)
    stop.init_app(socketio)
    add_script(app, "vendor/socket.io/socket.io.min.js")
    add_script(app, "live.js")


@socketio.on("connect")
def connect() -> None:
    """Let a socket hear what concerns whoever opened it."""
    join_room(request.environ["live.room"])
