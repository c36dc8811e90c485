"""A long list, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic
from typing import TypeVar

from flask import request
from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select

from .database import db

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of one page, and which page of how many it is."""

    items: Sequence[T]
    number: int
    last: int


def paginate(statement: Select[T], size: int = 10) -> Page[T]:
    """Return the page that the address asks for, or else the nearest that there is."""
    rows = select(func.count()).select_from(statement.order_by(None).subquery())
    last = max(1, -(-(db.session.scalar(rows) or 0) // size))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    page = statement.limit(size).offset((number - 1) * size)
    return Page(db.session.scalars(page).all(), number, last)
