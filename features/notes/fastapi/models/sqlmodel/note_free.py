"""The table of notes."""

from sqlalchemy import Text
from sqlmodel import Field

from ..core.fields import Line
from ..core.table import Mapped
from ..core.table import Table


class Note(Table, table=True):
    __tablename__ = "notes"

    title: Mapped[Line]
    body: Mapped[str] = Field(sa_type=Text)
