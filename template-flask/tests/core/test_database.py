"""Migrations match the models, and can be downgraded."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from importlib import import_module

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy import inspect
from sqlalchemy import select


def run(app: Flask, command: str) -> str:
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["db", *command.split()])
    assert result.exit_code == 0, result.output
    return result.output


def test_has_what_the_models_say(app: Flask) -> None:
    run(app, "check")


def test_goes_down_and_up_again(app: Flask) -> None:
    try:
        run(app, "downgrade base")
        with app.app_context():
            tables = inspect(app.extensions["sqlalchemy"].engine).get_table_names()
        assert tables == ["alembic_version"]
    finally:
        run(app, "upgrade")


@pytest.fixture
def _late(own_app: Flask) -> None:
    """Add a page that changes a note which another transaction deletes meanwhile."""
    note = import_module(f"{own_app.import_name}.notes.models").Note
    database = own_app.extensions["sqlalchemy"]

    @own_app.post("/late")
    def late() -> str:
        found = database.session.scalars(select(note)).one()
        with database.engine.begin() as somebody:
            somebody.execute(delete(note))
        found.title = "Too late"
        database.session.commit()
        return "It is there."


@pytest.mark.usefixtures("_late")
def test_a_row_that_was_deleted_meanwhile_is_404(client: FlaskClient) -> None:
    client.post("/notes/new", data={"title": "Groceries"})
    response = client.post("/late")
    assert response.status_code == 404
    assert "<h1>Not Found</h1>" in response.text


def test_migrations_do_not_depend_on_the_code(app: Flask) -> None:
    columns = import_module(f"{app.import_name}.core.columns")
    written = columns.render_item("type", columns.UTCDateTime(), None)
    assert written == "sa.DateTime(timezone=True)"


def test_stores_datetimes_of_any_time_zone_in_utc(app: Flask, client: FlaskClient) -> None:
    client.post("/notes/new", data={"title": "Groceries"})
    note = import_module(f"{app.import_name}.notes.models").Note
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        written = session.scalars(select(note)).one()
        written.created_at = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
        session.commit()
        session.refresh(written)
        assert written.created_at == datetime(2026, 1, 1, 10, tzinfo=UTC)
