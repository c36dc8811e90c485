"""Events for open pages, passed between processes by Redis pub/sub."""

import time
from collections.abc import Iterator
from typing import Any

import structlog
from flask import Flask
from redis import RedisError
from socketio import PubSubManager

from ..core import redis

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Processes(PubSubManager):
    """Client manager of Socket.IO; without Redis, a process notifies its own pages only."""

    def __init__(self, app: Flask) -> None:
        super().__init__(channel=f"{app.import_name}:live")
        self.redis = redis.connect(app)

    def _publish(self, data: dict[str, Any]) -> None:
        try:
            self.redis.publish(self.channel, self.json.dumps(data))
        except RedisError as error:
            log.warning("other processes do not hear of a change", error=str(error))

    def _listen(self) -> Iterator[bytes]:
        away = False
        while True:
            try:
                with self.redis.pubsub(ignore_subscribe_messages=True) as channel:
                    channel.subscribe(self.channel)
                    if away:  # changes may have been missed: refresh all pages
                        self.emit("changed", "notes", ignore_queue=True)
                    away = False
                    while True:
                        if message := channel.get_message(timeout=0.5):
                            yield message["data"]
            except RedisError as error:
                if not away:
                    log.warning("cannot hear other processes", error=str(error))
                away = True
                time.sleep(1)

    def _handle_close_room(self, message: dict[str, Any]) -> None:
        """Close the sockets of a room in all processes, for instance after a sign-out."""
        server: Any = self.server
        for sid, socket in list(self.get_participants("/", message["room"])):
            server.disconnect(sid, ignore_queue=True)
            if still_open := server.eio.sockets.get(socket):
                still_open.close(wait=False)  # a vanished client would never answer
