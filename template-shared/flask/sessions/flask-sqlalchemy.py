"""Sessions by Flask-SQLAlchemy, migrations (`flask db`) by Flask-Migrate."""

from pathlib import Path

from alembic.config import Config
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase

from . import engine
from .columns import LINTED
from .columns import render_item

MIGRATIONS = Path(__file__).with_name("migrations")


def create(base: type[DeclarativeBase]) -> SQLAlchemy:
    """Give out sessions for models of this base; `db.Model` is one more, but says less of types."""
    return SQLAlchemy(model_class=base, disable_autonaming=True)


def init_app(app: Flask, db: SQLAlchemy, base: type[DeclarativeBase], url: str) -> None:
    """Connect the app to the database at the URL, and add the commands."""
    options = engine.options(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = options.pop("url")
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    migrate = Migrate(directory=MIGRATIONS / "environment")
    migrate.configure(configure)
    context = {"target_metadata": base.metadata, "render_item": render_item}
    migrate.init_app(app, db, **{"render_as_batch": False} | engine.MIGRATION_OPTIONS, **context)


def configure(config: Config) -> Config:
    """Keep migrations in a folder of their own."""
    config.set_main_option("version_locations", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    for name, value in LINTED.items():
        config.set_section_option("post_write_hooks", name, value)
    return config
