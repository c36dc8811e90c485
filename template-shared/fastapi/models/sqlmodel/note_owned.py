"""The table of notes."""

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from ..base import Base
from ..base import Mapped
from ..fields import Line


class Note(Base, table=True):
    __tablename__ = "notes"

    owner_id: Mapped[UUID] = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    title: Mapped[Line]
    body: Mapped[str] = Field(sa_type=Text)
