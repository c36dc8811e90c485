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
    """Connect when a command is first sent, so that the app starts without the server."""
    settings.load(app, Settings)
    if not app.config["REDIS_URL"]:
        settings.require(app, REFUSAL)
        app.config["REDIS_URL"] = NOWHERE  # commands, which do not serve, do without
    app.extensions["redis"] = connect(app)


def connect(app: Flask, *, timeout: float = TIMEOUT) -> Redis:
    """Give a client that fails fast: whoever uses it knows better whether to try again."""
    fast = {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    try:
        return Redis.from_url(app.config["REDIS_URL"], retry=Retry(NoBackoff(), 0), **fast)
    except ValueError:  # it would be shown, with its password
        raise RuntimeError(REFUSAL) from None


def get_redis() -> Redis:
    client: Redis = current_app.extensions["redis"]
    return client
