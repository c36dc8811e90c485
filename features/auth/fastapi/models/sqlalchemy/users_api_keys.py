"""The tables of machines, which are the users, and of the keys that each of them has."""

from datetime import date
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from ..core.database import Base


class User(Base):
    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(100), unique=True)


class ApiKey(Base):
    """A user may have several: a new one is in use before the old one is revoked."""

    __tablename__ = "api_keys"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), repr=False)
    scopes: Mapped[str] = mapped_column(String(1000))  # with spaces between them, as in OAuth
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    last_used_on: Mapped[date | None] = mapped_column(default=None)
