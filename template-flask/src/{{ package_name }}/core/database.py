"""The database: the base class of models, sessions (`db.session`) and migrations (`flask db`)."""

from datetime import datetime

from flask import Flask
from flask.typing import ResponseReturnValue
from pydantic import Field
from sqlalchemy import MetaData
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import registry
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter
from werkzeug.routing import Map

from . import engine
from . import errors
from . import sessions
from . import settings
from .columns import UTCDateTime


class Base(DeclarativeBase):
    """Base class of models; a naming convention lets migrations refer to constraints."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UTCDateTime},
    )


class RowId(IntegerConverter):
    """`<row:…>` in a route: an id within the range of the column; any other is a 404."""

    regex = r"[0-9]{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


class Settings(settings.Settings):
    database_url: str = Field(default=engine.DEFAULT_URL, repr=False)


db = sessions.create(Base)


def init_app(app: Flask) -> None:
    """Set up the engine, sessions, migrations and the readiness check."""
    settings.load(app, Settings)
    app.url_map.converters["row"] = RowId
    sessions.init_app(app, db, Base, app.config["DATABASE_URL"])
    app.register_error_handler(StaleDataError, show_missing)
    app.extensions["health"]["database"] = is_up


def show_missing(_: StaleDataError) -> ResponseReturnValue:
    """Answer 404 if a row was deleted since it was loaded.

    The rollback comes first, since the error page loads the current user.
    """
    db.session.rollback()
    return errors.show(NotFound())


def is_up() -> bool:
    """Whether the database answers, and has been migrated."""
    try:
        db.session.execute(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return False
    return True
