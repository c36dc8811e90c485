"""The database follows the models, there and back."""

import pytest
from flask import Flask
from sqlalchemy import inspect


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
