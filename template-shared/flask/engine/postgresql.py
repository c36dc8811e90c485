"""PostgreSQL: a pool of connections to the server that `DATABASE_URL` names."""

from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_URL = ""
MIGRATION_OPTIONS: dict[str, Any] = {"render_as_batch": False}


def options(url: str) -> dict[str, Any]:
    """Fill the pool; `hide_parameters` keeps what people entered out of the log."""
    return {
        "url": _checked(url),
        "connect_args": {"connect_timeout": 5},
        "hide_parameters": True,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_size": 20,  # at least the threads of one process that no open page keeps
        "pool_timeout": 10,
    }


def _checked(url: str) -> str:
    try:
        parts = make_url(url)
    except ArgumentError:
        parts = None
    if parts is None or parts.get_backend_name() not in {"postgres", "postgresql"}:
        raise RuntimeError("Set DATABASE_URL to postgresql://<user>:<password>@<host>/<name>.")
    return parts.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
