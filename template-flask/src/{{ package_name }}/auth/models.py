"""The table of users."""

from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID
from uuid import uuid4

from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import validates

from ..core.columns import now
from ..core.database import Base


class User(Base):
    """A user with an e-mail address and a password."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    # The key in the session cookie; replacing it invalidates every existing session.
    session_key: Mapped[str] = mapped_column(String(43), unique=True, default=token_urlsafe)
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    # Flask-Login reads these three, and calls `get_id`.
    is_active: Mapped[bool] = mapped_column(default=True)
    is_anonymous = False
    is_authenticated = True

    # Optimistic locking: an UPDATE of a user who was loaded before the key was replaced raises
    # StaleDataError, so that a request that began before a new password changes nothing after it.
    __mapper_args__ = {"version_id_col": session_key, "version_id_generator": False}  # noqa: RUF012

    def get_id(self) -> str:
        return self.session_key

    @validates("email")
    def _in_lower_case(self, _: str, email: str) -> str:
        """Store addresses in lower case, so that each has one account."""
        return email.lower()

    def __str__(self) -> str:
        return self.email
