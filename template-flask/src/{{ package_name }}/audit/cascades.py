"""Which rows a deletion affects, including those that the database deletes by `ON DELETE`."""

from collections.abc import Iterable
from collections.abc import Iterator

from sqlalchemy import inspect
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..core.database import Base


def doomed(session: Session, deleted: Iterable[Base]) -> Iterator[Base]:
    """The deleted rows, and those that `ON DELETE CASCADE` deletes with them."""
    waiting = list(deleted)
    seen = set(waiting)
    while waiting:
        instance = waiting.pop()
        yield instance
        taken = set(_taken_along(session, instance)) - seen
        seen |= taken
        waiting += taken


def _taken_along(session: Session, instance: Base) -> Iterator[Base]:
    own = inspect(type(instance))
    for mapper in Base.registry.mappers:
        for key in mapper.local_table.foreign_keys:
            if key.column.table in own.tables and (key.ondelete or "").upper() == "CASCADE":
                value = getattr(instance, own.get_property_by_column(key.column).key)
                yield from session.scalars(select(mapper.class_).where(key.parent == value))
