"""The table of people who may sign in."""

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
    """Somebody with an address and a password; Flask-Login asks for the last four."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    # What a session names: with a new one, all that there were have ended.
    session_key: Mapped[str] = mapped_column(String(43), unique=True, default=token_urlsafe)
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    is_active: Mapped[bool] = mapped_column(default=True)
    is_anonymous = False
    is_authenticated = True

    # What was read is written only while the key is the same: what began before a new password
    # changes nothing after it.
    __mapper_args__ = {"version_id_col": session_key, "version_id_generator": False}  # noqa: RUF012

    def get_id(self) -> str:
        return self.session_key

    @validates("email")
    def _in_lower_case(self, _: str, email: str) -> str:
        """Keep one account for one address, whoever writes it how."""
        return email.lower()

    def __str__(self) -> str:
        return self.email
