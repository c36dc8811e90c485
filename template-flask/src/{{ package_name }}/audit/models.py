"""The table of changes, which is append-only."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from ..core.columns import now
from ..core.database import Base

Json = bool | float | int | str | None


class Change(Base):
    """Who changed which row, and when. No foreign key to users, since users may be deleted."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_row", "table_name", "row_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    actor: Mapped[str] = mapped_column(String(320))  # their name at that time
    actor_id: Mapped[str | None] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(7))
    table_name: Mapped[str] = mapped_column(String(63))
    row_key: Mapped[str] = mapped_column(String(200))
    fields: Mapped[dict[str, list[Json]]] = mapped_column(JSON)  # by column: old and new
