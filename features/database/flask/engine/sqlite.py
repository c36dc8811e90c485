"""SQLite: the engine options, pragmas, and migrations of tables."""

from sqlite3 import Connection
from typing import Any

from alembic.ddl.sqlite import SQLiteImpl
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy import event

DEFAULT_URL = "sqlite:///data.sqlite3"


def options(url: str) -> dict[str, Any]:
    """The engine options; `hide_parameters` keeps user input out of logs."""
    return {"url": url, "hide_parameters": True}


@event.listens_for(Engine, "connect")
def prepare(connection: Connection, _record: object) -> None:
    """Enforce foreign keys, let readers and a writer work at the same time, and let writers wait.

    `lower`, which searches use, is replaced: SQLite's own knows only the letters a to z.
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
    """Enforce foreign keys again after a migration has turned them off."""
    if connection:
        connection.execute("PRAGMA foreign_keys = ON")


class Migrations(SQLiteImpl):
    """Turns foreign keys off: SQLite alters a table by a copy, and ON DELETE must not run."""

    __dialect__ = "sqlite"

    def start_migrations(self) -> None:
        if self.connection:
            self.connection.exec_driver_sql("PRAGMA foreign_keys = OFF")


def check_references(ctx: MigrationContext, **_: object) -> None:
    """Check foreign keys after each migration, since they were not enforced during it."""
    lost = ctx.connection and ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        tables = ", ".join(sorted({row.table for row in lost}))
        raise CommandError(f"Rows would refer to others that are gone, in {tables}.")


MIGRATION_OPTIONS: dict[str, Any] = {
    "on_version_apply": check_references,
    "render_as_batch": True,
}
