"""The table of idempotency keys and the stored responses."""

from sqlalchemy import JSON
from sqlalchemy import Index
from sqlmodel import Field

from ..table import Mapped
from ..table import Table


class IdempotencyKey(Table, table=True):
    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "created_at"),)  # to find expired keys

    digest: Mapped[str] = Field(max_length=64, unique=True)
    fingerprint: Mapped[str] = Field(max_length=64)
    status: Mapped[int] = Field(default=0)
    headers: Mapped[dict[str, str]] = Field(default_factory=dict, sa_type=JSON)
    body: Mapped[bytes] = Field(default=b"")
