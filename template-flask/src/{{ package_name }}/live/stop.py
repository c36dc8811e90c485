"""Closes all sockets on SIGTERM, since the server would wait for them until its timeout."""

import signal
from threading import Thread
from threading import current_thread
from threading import main_thread
from types import FrameType
from typing import Any

from flask_socketio import SocketIO


def init_app(socketio: SocketIO) -> None:
    """Run before the server's own signal handler; pages reconnect to another process."""
    inner = signal.getsignal(signal.SIGTERM)
    if current_thread() is not main_thread() or not callable(inner):
        return  # the development server stops at once anyway

    def stop(number: int, frame: FrameType | None) -> None:
        Thread(target=close, args=(socketio,), daemon=True).start()
        inner(number, frame)

    signal.signal(signal.SIGTERM, stop)


def close(socketio: SocketIO) -> None:
    server: Any = socketio.server
    for socket in list(server.eio.sockets.values()):
        socket.close(wait=False)
