"""Keyset pagination: stable under writes, and as fast on the last page as on the first."""

from typing import Any
from typing import TypeVar

from marshmallow import Schema
from marshmallow import fields
from marshmallow.validate import Range
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from ..core.database import db

T = TypeVar("T")


class PageQuery(Schema):
    limit = fields.Integer(
        load_default=50,
        validate=Range(1, 100),
        metadata={"description": "How many at most."},
    )
    after = fields.Integer(
        load_default=0,
        validate=Range(0, 2**31 - 1),
        metadata={"description": "The `next` of the previous page."},
    )


def page_of(
    rows: Select[T], key: InstrumentedAttribute[int], *, limit: int, after: int
) -> dict[str, Any]:
    """The page after the row with the key `after`, and the key for the next page."""
    found = db.session.scalars(rows.where(key > after).order_by(key).limit(limit + 1)).all()
    items = found[:limit]
    return {
        "items": items,
        "next": getattr(items[-1], key.key) if len(found) > limit else None,
    }
