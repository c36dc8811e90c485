"""The tables of people who may sign in, and of where they have done so."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from ..core.table import Mapped
from ..core.table import Table


class User(Table, table=True):
    __tablename__ = "users"

    email: Mapped[str] = Field(max_length=254, unique=True)
    password_hash: Mapped[str] = Field(max_length=255, repr=False)


class SignIn(Table, table=True):
    """It lasts as long as its refresh token, which is replaced whenever it is used."""

    __tablename__ = "sign_ins"

    user_id: Mapped[UUID] = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    secret_hash: Mapped[str] = Field(max_length=64, repr=False)
    expires_at: Mapped[datetime]
