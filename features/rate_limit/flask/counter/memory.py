"""Counts in the memory of this process: of several processes, each counts for itself."""

from typing import Any

from flask import Flask


def storage(_: Flask) -> dict[str, Any]:
    """Give Flask-Limiter's settings."""
    return {"RATELIMIT_STORAGE_URI": "memory://"}
