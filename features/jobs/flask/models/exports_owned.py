"""The table of exports."""

from datetime import datetime
from typing import Literal
from uuid import UUID
from uuid import uuid4

from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from ..core.columns import now
from ..core.database import Base

Status = Literal["queued", "running", "done", "failed"]


class Export(Base):
    """What somebody has asked for, and what came of it: `done` and `failed` are final."""

    __tablename__ = "exports"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    status: Mapped[Status] = mapped_column(String(7), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    content: Mapped[str | None] = mapped_column(Text, deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
