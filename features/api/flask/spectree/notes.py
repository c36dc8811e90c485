"""The endpoints of notes."""

from flask import Blueprint
from flask import url_for

from ...core.database import db
from ...notes.models import Note
from ..documented import answers
from ..documented import documented
from ..pagination import PageQuery
from ..pagination import page_of
from .access import get_note_or_404
from .access import new_note
from .access import visible_notes
from .schemas import NoteCreate
from .schemas import NotePage
from .schemas import NoteRead
from .schemas import NoteUpdate

bp = Blueprint("notes-api", __name__, url_prefix="/api/notes")


@bp.get("")
@documented.validate(resp=answers(422, HTTP_200=NotePage), tags=["notes"])
def list_notes(query: PageQuery) -> NotePage:
    """One page of notes, the oldest first."""
    return NotePage.model_validate(page_of(visible_notes(), Note.id, query))


@bp.post("")
@documented.validate(resp=answers(400, 413, 415, 422, HTTP_201=NoteRead), tags=["notes"])
def create_note(json: NoteCreate) -> tuple[NoteRead, int, dict[str, str]]:
    """Keep a new note; its address is in the `Location` header."""
    note = new_note(**json.model_dump())
    db.session.add(note)
    db.session.commit()
    address = {"Location": url_for(".get_note", note_id=note.id)}
    return NoteRead.model_validate(note), 201, address


@bp.get("/<row:note_id>")
@documented.validate(resp=answers(404, HTTP_200=NoteRead), tags=["notes"])
def get_note(note_id: int) -> NoteRead:
    """Read a note."""
    return NoteRead.model_validate(get_note_or_404(note_id))


@bp.patch("/<row:note_id>")
@documented.validate(resp=answers(400, 404, 413, 415, 422, HTTP_200=NoteRead), tags=["notes"])
def update_note(note_id: int, json: NoteUpdate) -> NoteRead:
    """Change what is given, and nothing else."""
    note = get_note_or_404(note_id)
    for name, value in json.model_dump().items():
        setattr(note, name, value)
    db.session.commit()
    return NoteRead.model_validate(note)


@bp.delete("/<row:note_id>")
@documented.validate(resp=answers(404, HTTP_204=None), tags=["notes"])
def delete_note(note_id: int) -> tuple[str, int]:
    """Delete a note."""
    db.session.delete(get_note_or_404(note_id))
    db.session.commit()
    return "", 204
