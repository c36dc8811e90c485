"""The connection pool to PostgreSQL, with psycopg 3."""

from psycopg import Error
from pydantic import Field
from sqlalchemy import URL
from sqlalchemy import event
from sqlalchemy import make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.ext.asyncio import create_async_engine

from .settings import Environment


class Settings(Environment):
    # It holds a password: `repr=False` keeps it out of logs and tracebacks.
    database_url: str = Field(default="", repr=False)
    database_pool_size: int = Field(default=10, gt=0)


def create_engine() -> AsyncEngine:
    settings = Settings()
    # No overflow connections: they are closed on return, which under load costs more than queries.
    engine = create_async_engine(
        _parsed(settings.database_url),
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,  # keep user data out of error messages and logs
        connect_args={"connect_timeout": 5},
    )
    event.listen(engine.sync_engine, "handle_error", _shorten)
    return engine


def _shorten(context: ExceptionContext) -> None:
    """Shorten errors to their first line: the details that follow quote rows, hence user data."""
    error, wrapper = context.original_exception, context.sqlalchemy_exception
    if isinstance(error, Error) and wrapper and (short := error.diag.message_primary):
        wrapper.args = (str(wrapper.args[0]).replace(str(error), short), *wrapper.args[1:])
        error.args = (short,)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            return parsed
    except (ArgumentError, ValueError):
        pass  # do not show the URL, which holds a password
    raise SystemExit("Set DATABASE_URL to postgresql://<user>:<password>@<host>/<name>.")
