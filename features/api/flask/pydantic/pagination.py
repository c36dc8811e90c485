"""Keyset pagination: stable under writes, and as fast on the last page as on the first."""

from typing import Any
from typing import Generic
from typing import TypeVar

from pydantic import BaseModel
from pydantic import Field
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from ..core.database import db
from .fields import RowId

T = TypeVar("T")
ItemT = TypeVar("ItemT", bound=BaseModel)


class PageQuery(BaseModel):
    limit: int = Field(default=50, ge=1, le=100, description="How many at most.")
    after: RowId = Field(default=0, description="The `next` of the previous page.")


class Page(BaseModel, Generic[ItemT]):
    items: list[ItemT]
    next: RowId | None = Field(description="Pass as `after` for the next page; null on the last.")


def page_of(rows: Select[T], key: InstrumentedAttribute[int], query: PageQuery) -> dict[str, Any]:
    """Return the page after the row with that key, and the key for the next page."""
    found = db.session.scalars(rows.where(key > query.after).order_by(key).limit(query.limit + 1))
    items = found.all()
    last = items[query.limit - 1] if len(items) > query.limit else None
    return {"items": items[: query.limit], "next": last and getattr(last, key.key)}
