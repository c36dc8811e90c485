"""The database follows the models, there and back."""

from importlib import import_module

import pytest
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.orm.exc import StaleDataError


@pytest.mark.parametrize("command", ["check", "current --check-heads"])
def test_has_what_the_models_say(app: Flask, command: str) -> None:
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["db", *command.split()])
    assert result.exit_code == 0, result.output


def test_goes_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        database = app.extensions["sqlalchemy"]
        try:
            app.extensions["alembic"].downgrade("base")
            assert inspect(database.engine).get_table_names() == ["alembic_version"]
        finally:
            app.extensions["alembic"].upgrade()


def test_says_that_a_row_is_gone_which_somebody_has_just_deleted(app: Flask) -> None:
    @app.get("/stale")
    def stale() -> str:
        raise StaleDataError

    assert app.test_client().get("/stale").status_code == 404


def test_migrations_do_not_depend_on_the_code(app: Flask) -> None:
    columns = import_module(f"{app.import_name}.columns")
    render = app.config["ALEMBIC_CONTEXT"]["render_item"]
    assert render("type", columns.UTCDateTime(), None) == "sa.DateTime(timezone=True)"
