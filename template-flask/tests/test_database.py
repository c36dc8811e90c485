"""The database follows the models, there and back."""

from importlib import import_module

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.orm.exc import StaleDataError


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


def test_says_that_a_row_is_gone_which_somebody_has_just_deleted(app: Flask) -> None:
    @app.get("/stale")
    def stale() -> str:
        raise StaleDataError

    assert app.test_client().get("/stale").status_code == 404


def test_migrations_do_not_depend_on_the_code(app: Flask) -> None:
    columns = import_module(f"{app.import_name}.columns")
    written = columns.render_item("type", columns.UTCDateTime(), None)
    assert written == "sa.DateTime(timezone=True)"
