"""SQLite: one file in the working directory, for the threads and processes of one machine."""

from sqlite3 import Connection
from typing import Any

from alembic.ddl.sqlite import SQLiteImpl
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy import event

DEFAULT_URL = "sqlite:///data.sqlite3"


def options(url: str) -> dict[str, Any]:
    """Keep what people entered out of error messages, and so out of the log."""
    return {"url": url, "hide_parameters": True}


@event.listens_for(Engine, "connect")
def prepare(connection: Connection, _record: object) -> None:
    """Check foreign keys; let readers go on while one writes, and writers wait for each other.

    SQLite's own `lower`, by which lists are searched, knows the letters from a to z only.
    """
    connection.create_function("lower", 1, lower, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA busy_timeout = 5000")


def lower(value: object) -> str | None:
    return None if value is None else str(value).lower()


@event.listens_for(Engine, "checkin")
def check_again(connection: Connection | None, _record: object) -> None:
    """Check foreign keys for whoever is next, even after a migration."""
    if connection:
        connection.execute("PRAGMA foreign_keys = ON")


class Migrations(SQLiteImpl):
    """A table is altered by making it anew: what refers to the old one is not to go with it."""

    __dialect__ = "sqlite"

    def start_migrations(self) -> None:
        if self.connection:
            self.connection.exec_driver_sql("PRAGMA foreign_keys = OFF")


def check_references(ctx: MigrationContext, **_: object) -> None:
    """Do after each migration what SQLite has not done during it."""
    lost = ctx.connection and ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        tables = ", ".join(sorted({row.table for row in lost}))
        raise CommandError(f"Rows would refer to others that are gone, in {tables}.")


MIGRATION_OPTIONS: dict[str, Any] = {
    "on_version_apply": check_references,
    "render_as_batch": True,
}
