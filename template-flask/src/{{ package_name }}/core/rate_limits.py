"""A rate limit for each client, over all pages."""

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
    """Count every request except probes, static files and WebSockets."""
    settings.load(app, Settings)
    app.before_request(count)


def _limit() -> str:
    config = current_app.config
    return f"{config['RATE_LIMIT_REQUESTS']} per {config['RATE_LIMIT_SECONDS']} seconds"


def _is_free() -> bool:
    return request.blueprint == "health"


@limiter.shared_limit(_limit, scope="all", key_func=client, exempt_when=_is_free)
def count() -> None:
    """Answer 429 beyond the limit (the decorator does)."""
