"""Sessions by Flask-SQLAlchemy-Lite, migrations (`flask db`) by Flask-Alembic."""

from inspect import iscoroutinefunction

from flask import Flask
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase

from . import engine
from .columns import render_item

# Lint and format the migrations that `flask db revision` writes.
LINTED = {
    "hooks": "lint, format",
    "lint.type": "module",
    "lint.module": "ruff",
    "lint.options": "check --fix --quiet REVISION_SCRIPT_FILENAME",
    "format.type": "module",
    "format.module": "ruff",
    "format.options": "format --quiet REVISION_SCRIPT_FILENAME",
}


def create(_: type[DeclarativeBase]) -> SQLAlchemy:
    """Create the extension; models may have any base class."""
    return SQLAlchemy()


def init_app(app: Flask, db: SQLAlchemy, base: type[DeclarativeBase], url: str) -> None:
    """Set up the engine and the commands `flask db`."""
    app.config["SQLALCHEMY_ENGINES"] = {"default": engine.options(url)}
    app.config["ALEMBIC"] = {"post_write_hooks": LINTED}
    app.config["ALEMBIC_CONTEXT"] = {"render_item": render_item, **engine.MIGRATION_OPTIONS}
    db.init_app(app)
    # Without async engines, starting an event loop to close them only costs time.
    app.teardown_appcontext_funcs = [
        function for function in app.teardown_appcontext_funcs if not iscoroutinefunction(function)
    ]
    Alembic(app, metadatas=base.metadata)
