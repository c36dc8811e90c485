"""The table of exports."""

from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from ..core.database import Base

Status = Literal["queued", "running", "done", "failed"]


class Export(Base):
    __tablename__ = "exports"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    status: Mapped[Status] = mapped_column(String(7), default="queued", init=False)
    attempts: Mapped[int] = mapped_column(default=0, init=False)
    content: Mapped[str | None] = mapped_column(Text, default=None, init=False)
