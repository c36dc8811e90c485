"""The table of notes."""

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from ..core.fields import Line
from ..core.table import Mapped
from ..core.table import Table


class Note(Table, table=True):
    __tablename__ = "notes"

    owner_id: Mapped[UUID] = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    title: Mapped[Line]
    body: Mapped[str] = Field(sa_type=Text)
