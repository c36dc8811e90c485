"""Counts in Redis, for all processes together; while it is away, each counts for itself."""

from typing import Any

from flask import Flask


def storage(app: Flask) -> dict[str, Any]:
    """Give Flask-Limiter's settings: the connections are those of `core/redis.py`."""
    connections = app.extensions["redis"].connection_pool
    options = {"connection_pool": connections, "wrap_exceptions": True}
    return {"RATELIMIT_STORAGE_URI": "redis://", "RATELIMIT_STORAGE_OPTIONS": options}
