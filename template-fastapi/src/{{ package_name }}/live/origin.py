"""The check of the `Origin` header: browsers let pages of any site open a WebSocket."""

from fastapi import WebSocketException
from fastapi.requests import HTTPConnection

from ..core.service import Settings

POLICY_VIOLATION = 1008


def check_origin(connection: HTTPConnection) -> None:
    """Accept our own origin, those in CORS_ORIGINS, and clients without one: no browsers."""
    origin = connection.headers.get("origin")
    if origin is None or origin in Settings().cors_origins.split():
        return
    if origin.partition("://")[2] != connection.headers.get("host"):
        raise WebSocketException(POLICY_VIOLATION, "This origin is not allowed.")
