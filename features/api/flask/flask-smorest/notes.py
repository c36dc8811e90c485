"""The endpoints of notes."""

from typing import Any

from flask import url_for
from flask.views import MethodView

from ...core.database import db
from ...notes.models import Note
from ..blueprint import Blueprint
from ..pagination import PageQuery
from ..pagination import page_of
from .access import get_note_or_404
from .access import new_note
from .access import visible_notes
from .schemas import NoteCreate
from .schemas import NotePage
from .schemas import NoteRead
from .schemas import NoteUpdate

bp = Blueprint("notes-api", __name__, url_prefix="/api/notes", description="Notes")


@bp.route("")
class Notes(MethodView):
    """All of them."""

    @bp.arguments(PageQuery, location="query")
    @bp.response(200, NotePage)
    @bp.problems(422)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """One page of notes, the oldest first."""
        return page_of(visible_notes(), Note.id, **query)

    @bp.arguments(NoteCreate)
    @bp.response(201, NoteRead)
    @bp.problems(400, 413, 415, 422)
    def post(self, new: dict[str, Any]) -> tuple[Note, dict[str, str]]:
        """Keep a new note; its address is in the `Location` header."""
        note = new_note(**new)
        db.session.add(note)
        db.session.commit()
        return note, {"Location": url_for(".OneNote", note_id=note.id)}


@bp.route("/<row:note_id>")
class OneNote(MethodView):
    """One of them."""

    @bp.response(200, NoteRead)
    @bp.problems(404)
    def get(self, note_id: int) -> Note:
        """Read a note."""
        return get_note_or_404(note_id)

    @bp.arguments(NoteUpdate)
    @bp.response(200, NoteRead)
    @bp.problems(400, 404, 413, 415, 422)
    def patch(self, changes: dict[str, Any], note_id: int) -> Note:
        """Change what is given, and nothing else."""
        note = get_note_or_404(note_id)
        for name, value in changes.items():
            setattr(note, name, value)
        db.session.commit()
        return note

    @bp.response(204)
    @bp.problems(404)
    def delete(self, note_id: int) -> None:
        """Delete a note."""
        db.session.delete(get_note_or_404(note_id))
        db.session.commit()
