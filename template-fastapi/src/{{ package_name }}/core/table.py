"""The base class of tables that are written with SQLModel."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING
from typing import ClassVar
from uuid import UUID

from sqlalchemy import FromClause
from sqlalchemy import MetaData
from sqlalchemy import orm
from sqlmodel import Field
from sqlmodel import SQLModel

from .database import Base
from .database import utcnow

if sys.version_info >= (3, 14):
    from uuid import uuid7
else:
    from uuid_utils.compat import uuid7

if TYPE_CHECKING:
    Mapped = orm.Mapped
else:

    class Mapped:
        """For type checkers only: `Note.title` is a column, and `note.title` is its value."""

        def __class_getitem__(cls, value: object) -> object:
            return value


class Columns:
    """Separate from Table: mypy's pydantic plugin would treat inherited columns as plain values."""

    id: Mapped[UUID] = Field(default_factory=uuid7, primary_key=True)
    created_at: Mapped[datetime] = Field(default_factory=utcnow)
    updated_at: Mapped[datetime] = Field(
        default_factory=utcnow, sa_column_kwargs={"onupdate": utcnow}
    )


class Table(Columns, SQLModel):
    """Shares its metadata with `Base`, so that foreign keys and migrations work across both."""

    metadata: ClassVar[MetaData] = Base.metadata
    __table__: ClassVar[FromClause]
