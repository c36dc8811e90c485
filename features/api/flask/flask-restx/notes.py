"""The endpoints of notes."""

from typing import Any

from flask import url_for
from flask_restx import Resource

from ...core.database import db
from ...notes.models import Note
from ..pagination import PageQuery
from ..pagination import page_of
from ..resources import Namespace
from .access import get_note_or_404
from .access import new_note
from .access import visible_notes
from .schemas import NoteCreate
from .schemas import NotePage
from .schemas import NoteRead
from .schemas import NoteUpdate

ns = Namespace("notes", description="Notes")
ROW = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}


@ns.route("")
class Notes(Resource):
    """All of them."""

    @ns.asks(PageQuery)
    @ns.answers(200, NotePage, 422)
    def get(self, query: PageQuery) -> dict[str, Any]:
        """One page of notes, the oldest first."""
        return page_of(visible_notes(), Note.id, query)

    @ns.takes(NoteCreate)
    @ns.answers(201, NoteRead, 400, 413, 415, 422)
    def post(self, new: NoteCreate) -> tuple[Note, dict[str, str]]:
        """Keep a new note; its address is in the `Location` header."""
        note = new_note(**new.model_dump())
        db.session.add(note)
        db.session.commit()
        return note, {"Location": url_for("one_note", note_id=note.id)}


@ns.route("/<row:note_id>", endpoint="one_note", doc={"params": {"note_id": ROW}})
class OneNote(Resource):
    """One of them."""

    @ns.answers(200, NoteRead, 404)
    def get(self, note_id: int) -> Note:
        """Read a note."""
        return get_note_or_404(note_id)

    @ns.takes(NoteUpdate)
    @ns.answers(200, NoteRead, 400, 404, 413, 415, 422)
    def patch(self, changes: NoteUpdate, note_id: int) -> Note:
        """Change what is given, and nothing else."""
        note = get_note_or_404(note_id)
        for name, value in changes.model_dump().items():
            setattr(note, name, value)
        db.session.commit()
        return note

    @ns.response(204, "No Content")
    @ns.problems(404)
    def delete(self, note_id: int) -> tuple[str, int]:
        """Delete a note."""
        db.session.delete(get_note_or_404(note_id))
        db.session.commit()
        return "", 204
