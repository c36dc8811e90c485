"""The connection pool to SQLite: a file with one writing transaction at a time."""

from pydantic import Field
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from .settings import Environment

# Foreign keys are not enforced by default. With a write-ahead log, readers and the writer do not
# block each other; the timeout (milliseconds) makes writers wait instead of failing at once.
PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000")


class Settings(Environment):
    database_url: str = Field(
        default="sqlite+aiosqlite:///data.sqlite3",
        pattern=r"^sqlite\+aiosqlite:///",
        description="Set it to the URL of a file, such as sqlite+aiosqlite:///data.sqlite3",
    )
    database_pool_size: int = Field(default=10, gt=0)


def create_engine() -> AsyncEngine:
    settings = Settings()
    # No overflow connections: they are closed on return, which under load costs more than queries.
    engine = create_async_engine(
        settings.database_url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        hide_parameters=True,  # keep user data out of error messages and logs
    )
    event.listen(engine.sync_engine, "connect", _configure)
    return engine


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
