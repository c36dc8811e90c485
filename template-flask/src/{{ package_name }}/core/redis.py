"""The connection to Redis (or Valkey), for the features that share the server."""

from flask import Flask
from flask import current_app
from pydantic import Field
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import settings

TIMEOUT = 1.0
REFUSAL = "Set REDIS_URL, as in redis://:<password>@<host>:6379/0."
NOWHERE = "redis://127.0.0.1:1"


class Settings(settings.Settings):
    # It may hold a password: `repr=False` keeps it out of logs and tracebacks.
    redis_url: str = Field(default="", repr=False)


def init_app(app: Flask) -> None:
    """Connect lazily, so that the app starts while Redis is down."""
    settings.load(app, Settings)
    if not app.config["REDIS_URL"]:
        settings.require(app, REFUSAL)
        app.config["REDIS_URL"] = NOWHERE  # for commands that do not need Redis
    app.extensions["redis"] = connect(app)


def connect(app: Flask, *, timeout: float = TIMEOUT) -> Redis:
    """Create a client that fails fast, without retries: callers decide whether to retry."""
    fast = {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    try:
        return Redis.from_url(app.config["REDIS_URL"], retry=Retry(NoBackoff(), 0), **fast)
    except ValueError:  # the original error contains the password
        raise RuntimeError(REFUSAL) from None


def get_redis() -> Redis:
    client: Redis = current_app.extensions["redis"]
    return client
