"""The base of every table."""

import sys
from datetime import UTC
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy import Dialect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import MappedAsDataclass
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

if sys.version_info >= (3, 14):
    from uuid import uuid7
else:
    from uuid_utils.compat import uuid7


class UTCDateTime(TypeDecorator[datetime]):
    """An aware timestamp in UTC on every database; SQLite would lose the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def new_id() -> UUID:
    """Ids of one process are ordered by time (UUIDv7)."""
    return uuid7()


def utcnow() -> datetime:
    return datetime.now(UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every row has a time-ordered id, by which lists are ordered and pages are cut."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UTCDateTime}

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id, init=False)
    created_at: Mapped[datetime] = mapped_column(default_factory=utcnow, init=False)
    updated_at: Mapped[datetime] = mapped_column(
        default_factory=utcnow, onupdate=utcnow, init=False
    )
