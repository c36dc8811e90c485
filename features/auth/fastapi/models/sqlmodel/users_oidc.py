"""The table of people and machines that the issuer has vouched for."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from ..core.table import Mapped
from ..core.table import Table


class User(Table, table=True):
    """Known by issuer and subject together: another issuer may use the same subject."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    issuer: Mapped[str] = Field(max_length=255)
    subject: Mapped[str] = Field(max_length=255)
