"""Columns that mean the same on every database, and how migrations write them."""

from datetime import UTC
from datetime import datetime
from typing import Literal

from sqlalchemy import DateTime
from sqlalchemy import Dialect
from sqlalchemy import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; where a database has no time zones, that is said again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        _ = dialect
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        _ = dialect
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def now() -> datetime:
    return datetime.now(UTC)


def render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    """Keep migrations independent of the code that changes after them."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False
