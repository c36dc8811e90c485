"""The base of every table."""

import sys
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING
from typing import ClassVar
from uuid import UUID

from sqlalchemy import MetaData
from sqlalchemy import orm
from sqlmodel import Field
from sqlmodel import SQLModel

if sys.version_info >= (3, 14):
    from uuid import uuid7
else:
    from uuid_utils.compat import uuid7

if TYPE_CHECKING:
    Mapped = orm.Mapped
else:

    class Mapped:
        """To type checkers `Note.title` is a column, and `note.title` its value; no more."""

        def __class_getitem__(cls, value: object) -> object:
            return value


def utcnow() -> datetime:
    return datetime.now(UTC)


class Columns:
    """Apart from Base, because mypy's plugin takes what a pydantic model inherits for a value."""

    id: Mapped[UUID] = Field(default_factory=uuid7, primary_key=True)
    created_at: Mapped[datetime] = Field(default_factory=utcnow)
    updated_at: Mapped[datetime] = Field(
        default_factory=utcnow, sa_column_kwargs={"onupdate": utcnow}
    )


class Base(Columns, SQLModel):
    """Every row has a time-ordered id, by which lists are ordered and pages are cut."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
