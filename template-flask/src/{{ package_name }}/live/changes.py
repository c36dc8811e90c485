"""Tells of changed notes once they are in the database, whoever changed them."""

from flask import Flask
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from ..notes.models import Note
from . import rooms

PENDING = "live"


def init_app(_: Flask) -> None:
    """Follow every session: those of pages, of the API, of jobs and of commands."""
    event.listen(Session, "after_flush", remember)
    event.listen(Session, "after_rollback", forget)
    event.listen(Session, "after_commit", tell)


def remember(session: Session, _: object) -> None:
    """Keep in mind whom it concerns until it is certain."""
    for row in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(row, Note):
            session.info.setdefault(PENDING, set()).add(rooms.of_note(row))


def forget(session: Session) -> None:
    """Forget it all; if only a savepoint was undone, what was flushed before it stays."""
    if not session.in_nested_transaction():
        session.info.pop(PENDING, None)


def tell(session: Session) -> None:
    """Say which list has changed, by its `id` on the page, and nothing of what is in it."""
    if not session.in_nested_transaction():
        for room in session.info.pop(PENDING, ()):
            current_app.extensions["socketio"].emit("changed", "notes", to=room)
