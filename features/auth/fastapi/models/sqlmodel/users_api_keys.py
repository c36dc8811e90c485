"""The tables of machines, which are the users, and of the keys that each of them has."""

from datetime import date
from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from ..core.table import Mapped
from ..core.table import Table


class User(Table, table=True):
    __tablename__ = "users"

    name: Mapped[str] = Field(max_length=100, unique=True)


class ApiKey(Table, table=True):
    """A user may have several: a new one is in use before the old one is revoked."""

    __tablename__ = "api_keys"

    user_id: Mapped[UUID] = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    secret_hash: Mapped[str] = Field(max_length=64, repr=False)
    scopes: Mapped[str] = Field(max_length=1000)  # with spaces between them, as in OAuth
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = Field(default=None)
    last_used_on: Mapped[date | None] = Field(default=None)
