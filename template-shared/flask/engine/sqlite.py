"""SQLite: one file in the working directory, for the threads and processes of one machine."""

from sqlite3 import Connection
from typing import Any

from sqlalchemy import Engine
from sqlalchemy import event

DEFAULT_URL = "sqlite:///data.sqlite3"
MIGRATION_OPTIONS = {"render_as_batch": True}  # SQLite rebuilds a table to alter it


def options(url: str) -> dict[str, Any]:
    """Keep what people entered out of error messages, and so out of the log."""
    return {"url": url, "hide_parameters": True}


@event.listens_for(Engine, "connect")
def prepare(connection: Connection, _record: object) -> None:
    """Check foreign keys; let readers go on while one writes, and writers wait for each other."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA busy_timeout = 5000")
