"""Sessions by Flask-SQLAlchemy, migrations (`flask db`) by Flask-Migrate."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase

from . import engine
from .columns import render_item

ENVIRONMENT = Path(__file__).parents[1] / "migrations/environment"


def create(base: type[DeclarativeBase]) -> SQLAlchemy:
    """Create the extension; models inherit `base`, as type checkers cannot follow `db.Model`."""
    return SQLAlchemy(model_class=base, disable_autonaming=True)


def init_app(app: Flask, db: SQLAlchemy, base: type[DeclarativeBase], url: str) -> None:
    """Set up the engine and the commands `flask db`."""
    options = engine.options(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = options.pop("url")
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    Migrate(
        app,
        db,
        directory=str(ENVIRONMENT),
        render_item=render_item,
        target_metadata=base.metadata,
        **engine.MIGRATION_OPTIONS,
    )
