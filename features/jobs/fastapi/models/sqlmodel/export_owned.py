"""The table of exports."""

from typing import Literal
from uuid import UUID

from sqlalchemy import String
from sqlalchemy import Text
from sqlmodel import Field

from ..core.table import Mapped
from ..core.table import Table

Status = Literal["queued", "running", "done", "failed"]


class Export(Table, table=True):
    __tablename__ = "exports"

    owner_id: Mapped[UUID] = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    status: Mapped[Status] = Field(default="queued", sa_type=String(7))
    attempts: Mapped[int] = Field(default=0)
    content: Mapped[str | None] = Field(default=None, sa_type=Text)
