"""Who hears of what: all of one's own, and nobody else."""

from flask import Flask
from flask import current_app
from flask_login import user_logged_out

from ..auth import User
from ..auth import current_user
from ..notes.models import Note


def of_visitor() -> str | None:
    """Where whoever asks may listen: nowhere without signing in."""
    return f"user:{current_user.id}" if current_user.is_authenticated else None


def of_note(note: Note) -> str:
    """Where a change of the note is told."""
    return f"user:{note.owner_id}"


@user_logged_out.connect
def close(_: Flask, user: User) -> None:
    """Close what is open; whoever is still signed in elsewhere connects again."""
    current_app.extensions["socketio"].close_room(f"user:{user.id}")
