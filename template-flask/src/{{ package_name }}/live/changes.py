"""Publishes changes of notes after the commit, by events of SQLAlchemy sessions."""

from flask import Flask
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from ..notes.models import Note
from . import rooms

PENDING = "live"


def init_app(_: Flask) -> None:
    """Listen to all sessions: of pages, the API, jobs and commands."""
    event.listen(Session, "after_flush", remember)
    event.listen(Session, "after_rollback", forget)
    event.listen(Session, "after_commit", tell)


def remember(session: Session, _: object) -> None:
    """Collect the rooms of changed notes until the commit."""
    for row in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(row, Note):
            session.info.setdefault(PENDING, set()).add(rooms.of_note(row))


def forget(session: Session) -> None:
    """Discard them on a rollback; after that of a savepoint, earlier changes stay."""
    if not session.in_nested_transaction():
        session.info.pop(PENDING, None)


def tell(session: Session) -> None:
    """Publish which list has changed, by its `id` on the page, without its content."""
    if not session.in_nested_transaction():
        for room in session.info.pop(PENDING, ()):
            current_app.extensions["socketio"].emit("changed", "notes", to=room)
