"""Invalidates the cache after a commit, for the tables that the session has written to."""

from typing import Any

from flask import current_app
from sqlalchemy import TableClause
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.orm import object_mapper
from sqlalchemy.orm import scoped_session

from ..database import Base

WRITTEN = "written"


def pending(session: Session | scoped_session[Any]) -> bool:
    """Whether the session has uncommitted changes."""
    return bool(session.info.get(WRITTEN) or session.new or session.dirty or session.deleted)


@event.listens_for(Session, "after_flush")
def see_rows(session: Session, _: object) -> None:
    rows = [*session.new, *session.dirty, *session.deleted]
    tables = {table for row in rows for table in _tables(row)}
    _see(session, tables, deleted=bool(session.deleted))


def _tables(row: object) -> set[str]:
    """The tables of a row, and the association tables of its relationships."""
    mapper = object_mapper(row)
    links = [relationship.secondary for relationship in mapper.relationships]
    tables = [table for table in (*mapper.tables, *links) if isinstance(table, TableClause)]
    return {table.fullname for table in tables}


@event.listens_for(Session, "do_orm_execute")
def see_statement(state: ORMExecuteState) -> None:
    statement: Any = state.statement
    if state.is_insert or state.is_update or state.is_delete:
        _see(state.session, {statement.table.fullname}, deleted=state.is_delete)


def _see(session: Session, tables: set[str], *, deleted: bool) -> None:
    written = session.info.setdefault(WRITTEN, set())
    written.update(tables)
    if deleted:  # ON DELETE may delete rows of other tables
        written.update(Base.metadata.tables)


@event.listens_for(Session, "after_commit")
def forget(session: Session) -> None:
    if not session.in_nested_transaction() and (tables := session.info.pop(WRITTEN, None)):
        current_app.extensions["store"].renew(tables)


@event.listens_for(Session, "after_transaction_end")
def end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(WRITTEN, None)
