"""A bound on how much each client may ask for, over all pages."""

from flask import Flask
from flask import current_app
from flask import request
from pydantic import Field

from . import settings
from .limits import limiter
from .limits.clients import client


class Settings(settings.Settings):
    rate_limit_requests: int = Field(default=600, gt=0)
    rate_limit_seconds: int = Field(default=60, gt=0)


def init_app(app: Flask) -> None:
    """Count what Flask sees: every request but probes and static files, and no WebSocket."""
    settings.load(app, Settings)
    app.before_request(count)


def _limit() -> str:
    config = current_app.config
    return f"{config['RATE_LIMIT_REQUESTS']} per {config['RATE_LIMIT_SECONDS']} seconds"


def _is_free() -> bool:
    return request.blueprint == "health"


@limiter.shared_limit(_limit, scope="all", key_func=client, exempt_when=_is_free)
def count() -> None:
    """Refuse a request beyond the client's share (429)."""
