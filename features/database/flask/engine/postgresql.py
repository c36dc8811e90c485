"""PostgreSQL: the engine options, with a connection pool."""

from typing import Any

from psycopg import Error
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_URL = ""
MIGRATION_OPTIONS: dict[str, Any] = {"render_as_batch": False}


def options(url: str) -> dict[str, Any]:
    """The engine options; `hide_parameters` keeps user input out of logs."""
    return {
        "url": _checked(url),
        "connect_args": {"connect_timeout": 5},
        "hide_parameters": True,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_size": 20,  # for each process; more requests wait
        "pool_timeout": 10,
    }


@event.listens_for(Engine, "handle_error")
def shorten(context: ExceptionContext) -> None:
    """Remove the row from PostgreSQL's error messages, since it contains user input."""
    error, told = context.original_exception, context.sqlalchemy_exception
    if isinstance(error, Error) and told and (short := error.diag.message_primary):
        told.args = (str(told.args[0]).replace(str(error), short), *told.args[1:])
        error.args = (short,)


def _checked(url: str) -> str:
    try:
        parts = make_url(url)
    except ArgumentError:
        parts = None
    if parts is None or parts.get_backend_name() not in {"postgres", "postgresql"}:
        raise RuntimeError("Set DATABASE_URL to postgresql://<user>:<password>@<host>/<name>.")
    return parts.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
