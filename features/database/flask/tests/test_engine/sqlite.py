"""SQLite checks what it is told to, lets several requests at it, and alters tables without loss."""

from collections.abc import Callable
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import String
from sqlalchemy import text


@pytest.mark.parametrize(("name", "value"), [("foreign_keys", 1), ("journal_mode", "wal")])
def test_checks_foreign_keys_and_reads_while_it_writes(
    app: Flask, name: str, value: object
) -> None:
    with app.app_context():
        found = app.extensions["sqlalchemy"].session.scalar(text(f"PRAGMA {name}"))
    assert found == value


@pytest.mark.parametrize("name", ["empty.sqlite3", "missing/data.sqlite3"])
def test_is_not_ready_without_its_tables(
    make_app: Callable[..., Flask], tmp_path: Path, name: str
) -> None:
    app = make_app(DATABASE_URL=f"sqlite:///{tmp_path}/{name}")
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "failed": ["database"]}
    assert app.test_client().get("/livez").status_code == 200


@pytest.fixture
def migration(make_app: Callable[..., Flask], tmp_path: Path) -> Iterator[Operations]:
    """Migrate a database that has a parent with a child."""
    app = make_app(DATABASE_URL=f"sqlite:///{tmp_path}/data.sqlite3")
    with app.app_context(), app.extensions["sqlalchemy"].engine.connect() as connection:
        for statement in (
            "CREATE TABLE parents (id INTEGER PRIMARY KEY, name VARCHAR(9))",
            "CREATE TABLE children (parent_id INTEGER REFERENCES parents ON DELETE CASCADE)",
            "INSERT INTO parents (id) VALUES (1)",
            "INSERT INTO children (parent_id) VALUES (1)",
        ):
            connection.execute(text(statement))
        connection.commit()
        context = MigrationContext.configure(connection, opts={"fn": lambda *_: ()})
        context.run_migrations()
        yield Operations(context)


def test_keeps_what_refers_to_a_table_that_is_altered(migration: Operations) -> None:
    with migration.batch_alter_table("parents") as table:
        table.alter_column("name", type_=String(99))
    assert migration.get_bind().scalar(text("SELECT count(*) FROM children")) == 1


def test_stops_where_a_migration_leaves_rows_alone(app: Flask, migration: Operations) -> None:
    options = import_module(f"{app.import_name}.core.engine").MIGRATION_OPTIONS
    check = options["on_version_apply"]
    check(migration.get_context())
    migration.execute("DELETE FROM parents")
    with pytest.raises(CommandError, match="in children"):
        check(migration.get_context())


def test_checks_foreign_keys_again_after_a_migration(migration: Operations) -> None:
    migrated = migration.get_bind()
    assert migrated.scalar(text("PRAGMA foreign_keys")) == 0
    migrated.close()
    with migrated.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
