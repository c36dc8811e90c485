"""What an export holds."""

import json

from sqlalchemy import select

from ..core.database import db
from ..notes.models import Note
from .models import Export


def write(export: Export) -> str:
    """Give all notes of its owner, one a line, as JSON: the oldest first."""
    mine = select(Note).where(Note.owner_id == export.owner_id)
    return "".join(map(_line, db.session.scalars(mine.order_by(Note.id))))


def _line(note: Note) -> str:
    times = {"created_at": note.created_at, "updated_at": note.updated_at}
    fields = {"id": note.id, "title": note.title, "body": note.body}
    return json.dumps(fields | {name: when.isoformat() for name, when in times.items()}) + "\n"
