"""Column types that behave the same on every database, and how migrations render them."""

from datetime import UTC
from datetime import datetime
from typing import Literal

from sqlalchemy import DateTime
from sqlalchemy import Dialect
from sqlalchemy import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """A timezone-aware datetime stored in UTC; SQLite drops the zone, so it is put back on load."""

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
    """Render our types as SQLAlchemy's, so that migrations do not import the app."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False
