"""Records what a session writes, in the transaction that writes it: both are kept, or neither."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import event
from sqlalchemy import insert
from sqlalchemy import inspect
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError

from ..database import Base
from . import actors
from .cascades import doomed
from .models import Change
from .values import Values
from .values import after
from .values import before
from .values import both

Found = tuple[str, Base, Values]


def remember_old_values() -> None:
    """Have the old value at hand when one is set, even if nobody has read it before."""
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            event.listen(attribute.class_attribute, "set", _nothing, active_history=True)


def _nothing(*_: object) -> None:
    pass


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk(state: ORMExecuteState) -> None:
    """Refuse what would change rows that nobody has loaded."""
    changes = state.is_insert or state.is_update or state.is_delete
    if changes and state.is_orm_statement and state.execution_options.get("audit", True):
        raise RuntimeError(
            "The audit trail sees rows, not statements: load the rows and change them, or"
            " leave the statement out of it with `.execution_options(audit=False)`."
        )


@event.listens_for(Session, "before_flush")
def look_ahead(session: Session, *_: object) -> None:
    """Read what is about to be gone; refuse to change what has been recorded."""
    if any(isinstance(one, Change) for one in chain(session.dirty, session.deleted)):
        raise RuntimeError("The audit trail is only ever added to.")
    session.info["doomed"] = list(_deleted(session))


@event.listens_for(Session, "after_flush")
def record(session: Session, *_: object) -> None:
    """Write down what has just been written; only now do new rows have their keys."""
    found: Iterator[Found] = chain(
        (("created", one, after(one)) for one in session.new),
        (("changed", one, both(one)) for one in session.dirty),
        session.info.pop("doomed"),
    )
    rows = [_row(*one) for one in found if one[2] and not isinstance(one[1], Change)]
    if rows:
        session.execute(insert(Base.metadata.tables[Change.__tablename__]), rows)


def _deleted(session: Session) -> Iterator[Found]:
    for instance in doomed(session):
        try:
            yield "deleted", instance, before(instance)
        except ObjectDeletedError:  # somebody was faster, and the flush will say so
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
