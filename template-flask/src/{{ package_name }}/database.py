"""The database: tables' common base, sessions (`db.session`) and migrations (`flask db`)."""

from datetime import UTC
from datetime import datetime
from inspect import iscoroutinefunction

from flask import Flask
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from pydantic import Field
from sqlalchemy import DateTime
from sqlalchemy import Dialect
from sqlalchemy import MetaData
from sqlalchemy import TypeDecorator
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from werkzeug.routing import IntegerConverter
from werkzeug.routing import Map

from . import config
from . import engine


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC; databases without time zones forget that it is, so it is said again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        _ = dialect
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """Base of every model; constraints are named, so that migrations can refer to them."""

    type_annotation_map = {datetime: UTCDateTime}  # noqa: RUF012
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RowId(IntegerConverter):
    """`<row:…>` in a route: a number that the database can hold; any other is a 404."""

    regex = r"[0-9]{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


class Settings(config.Settings):
    database_url: str = Field(default=engine.DEFAULT_URL, repr=False)


alembic = Alembic(metadatas=Base.metadata)
db = SQLAlchemy()


def init_app(app: Flask) -> None:
    """Connect the app to its database."""
    config.settle(app, Settings)
    app.config["SQLALCHEMY_ENGINES"] = {"default": engine.options(app.config["DATABASE_URL"])}
    app.config["ALEMBIC_CONTEXT"] = engine.MIGRATION_OPTIONS
    app.url_map.converters["row"] = RowId
    db.init_app(app)
    # Without async engines, starting an event loop to close them only costs time.
    app.teardown_appcontext_funcs = [
        function for function in app.teardown_appcontext_funcs if not iscoroutinefunction(function)
    ]
    alembic.init_app(app)
    app.extensions["health"]["database"] = is_up


def is_up() -> bool:
    """Ask the database for the simplest of answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
