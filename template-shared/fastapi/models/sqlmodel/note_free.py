"""The table of notes."""

from sqlalchemy import Text
from sqlmodel import Field

from ..base import Base
from ..base import Mapped
from ..fields import Line


class Note(Base, table=True):
    __tablename__ = "notes"

    title: Mapped[Line]
    body: Mapped[str] = Field(sa_type=Text)
