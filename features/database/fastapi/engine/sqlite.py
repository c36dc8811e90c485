"""The connection to SQLite: one file, in which one transaction writes at a time."""

from pydantic import Field
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from .settings import Environment

# SQLite checks no foreign keys unless told to. With a write-ahead log, readers and the
# writer do not wait for each other, and writers wait their turn instead of failing.
PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000")


class Settings(Environment):
    database_url: str = Field(
        default="sqlite+aiosqlite:///data.sqlite3",
        pattern=r"^sqlite\+aiosqlite:///",
        description="Name a file, as in sqlite+aiosqlite:///data.sqlite3",
    )
    database_pool_size: int = Field(default=10, gt=0)


def create_engine() -> AsyncEngine:
    settings = Settings()
    # Overflow connections are closed on return: under load that costs more than the queries.
    engine = create_async_engine(
        settings.database_url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        hide_parameters=True,  # an error message would put what people entered into the log
    )
    event.listen(engine.sync_engine, "connect", _configure)
    return engine


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
