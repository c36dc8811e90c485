"""Pages of other origins may not follow the feed: browsers let any page open a WebSocket."""

from fastapi import WebSocketException
from fastapi.requests import HTTPConnection

from ..service import Settings

POLICY = 1008


def check_origin(connection: HTTPConnection) -> None:
    """Let pass our own pages, those that CORS_ORIGINS names, and who is no browser."""
    origin = connection.headers.get("origin")
    if origin is None or origin in Settings().cors_origins.split():
        return
    if origin.partition("://")[2] != connection.headers.get("host"):
        raise WebSocketException(POLICY, "Pages of this origin may not follow the feed.")
