"""Records the changes of a session in the same transaction, by SQLAlchemy's events."""

from collections.abc import Iterable
from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Delete
from sqlalchemy import and_
from sqlalchemy import event
from sqlalchemy import insert
from sqlalchemy import inspect
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session
from sqlalchemy.orm import object_session
from sqlalchemy.orm.exc import ObjectDeletedError
from sqlalchemy.orm.exc import StaleDataError

from ..core.database import Base
from . import actors
from .cascades import doomed
from .models import Change
from .values import Values
from .values import after
from .values import before
from .values import both

Found = tuple[str, Base, Values]

ONLY_ADDED = (
    "The audit trail is only ever added to; delete older rows by a statement with"
    " `.execution_options(audit=False)`."
)


def remember_old_values() -> None:
    """Load the old value when an attribute is set, also if it was not loaded before."""
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            if not attribute.deferred:
                event.listen(
                    attribute.class_attribute, "set", _nothing, active_history=True, propagate=True
                )


def _nothing(*_: object) -> None:
    pass


@event.listens_for(Session, "do_orm_execute")
def look_through(state: ORMExecuteState) -> None:
    """Load the rows that a DELETE statement affects; refuse bulk INSERT and UPDATE."""
    if not state.is_orm_statement or not state.execution_options.get("audit", True):
        return
    if state.bind_mapper and state.bind_mapper.class_ is Change and not state.is_select:
        raise RuntimeError(ONLY_ADDED)
    if state.is_update or state.is_insert:
        raise RuntimeError(
            "The audit trail sees rows, not statements: load the rows and change them, or"
            " leave the statement out of it with `.execution_options(audit=False)`."
        )
    if isinstance(state.statement, Delete) and state.bind_mapper:
        rows = select(state.bind_mapper.class_)
        if (condition := state.statement.whereclause) is not None:
            rows = rows.where(condition)
        found = state.session.scalars(rows, state.parameters)
        _write(state.session, _deleted(state.session, found))


@event.listens_for(Session, "before_flush")
def look_ahead(session: Session, *_: object) -> None:
    """Refuse to change or delete recorded changes."""
    if any(isinstance(one, Change) for one in chain(session.dirty, session.deleted)):
        raise RuntimeError(ONLY_ADDED)
    session.info["doomed"] = {}


@event.listens_for(Base, "before_delete", propagate=True)
def look_at(_mapper: object, connection: Connection, instance: Base) -> None:
    """Load the rows that are about to be deleted, orphans too, before the flush."""
    session = object_session(instance)
    if session and instance not in session.info["doomed"]:
        _lock(connection, instance)
        session.refresh(instance, [each.key for each in inspect(type(instance)).column_attrs])
        session.info["doomed"] |= {found[1]: found for found in _deleted(session, [instance])}


def _lock(connection: Connection, instance: Base) -> None:
    """Lock a row, so that no other transaction deletes it and records that too.

    By an UPDATE without effect, since SQLite has no SELECT … FOR UPDATE.
    """
    mapper = inspect(type(instance))
    keys = zip(mapper.primary_key, mapper.primary_key_from_instance(instance), strict=True)
    row = and_(*(column == value for column, value in keys))
    first = mapper.primary_key[0]
    if not connection.execute(update(first.table).where(row).values({first: first})).rowcount:
        raise StaleDataError("Somebody has deleted it already.")


@event.listens_for(Session, "after_flush")
def record(session: Session, *_: object) -> None:
    """Record the changes after the flush, when new rows have their keys."""
    _write(
        session,
        (("created", one, after(one)) for one in session.new),
        (("changed", one, both(one)) for one in session.dirty),
        session.info.pop("doomed").values(),
    )


def _write(session: Session, *found: Iterable[Found]) -> None:
    rows = [_row(*one) for one in chain(*found) if one[2] and not isinstance(one[1], Change)]
    if rows:
        session.execute(insert(Base.metadata.tables[Change.__tablename__]), rows)


def _deleted(session: Session, rows: Iterable[Base]) -> Iterator[Found]:
    for instance in doomed(session, rows):
        try:
            yield "deleted", instance, before(instance)
        except ObjectDeletedError:  # deleted by another transaction: the flush raises the error
            continue


def _row(action: str, instance: Base, values: Values) -> dict[str, Any]:
    key = inspect(type(instance)).primary_key_from_instance(instance)
    return {
        **actors.find()._asdict(),
        "action": action,
        "table_name": instance.__tablename__,
        "row_key": ", ".join(map(str, key))[:200],
        "fields": values,
    }
