"""Closes the sockets of a user who signs out, or whose sessions are ended elsewhere."""

from flask import Flask
from flask import current_app
from flask_login import user_logged_out
from sqlalchemy import event
from sqlalchemy.orm import Session

from ..auth import User

ENDING = "live.ending"


def close(room: str) -> None:
    """Close the sockets of a room; browsers that are still signed in reconnect."""
    current_app.extensions["socketio"].close_room(room)


@user_logged_out.connect
def sign_out(_: Flask, user: User) -> None:
    if user.is_authenticated:
        close(f"user:{user.id}")


@event.listens_for(Session, "after_flush")
def remember(session: Session, _: object) -> None:
    """Collect users whose sessions may be invalidated: a new password, a disabled account."""
    for row in {*session.dirty, *session.deleted}:
        if isinstance(row, User):
            session.info.setdefault(ENDING, set()).add(f"user:{row.id}")


@event.listens_for(Session, "after_commit")
def end(session: Session) -> None:
    if not session.in_nested_transaction():
        for room in session.info.pop(ENDING, ()):
            close(room)
