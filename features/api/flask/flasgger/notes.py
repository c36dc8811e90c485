"""The endpoints of notes; test_api_documentation.py holds their docstrings to what they do."""
# ruff: noqa: D405, D406, D407, D411, D413, D417 (these sections are Flasgger's)

from typing import Any

from flask import Blueprint
from flask import Response
from flask import url_for

from ...core.database import db
from ...notes.models import Note
from ..checked import answers
from ..checked import asks
from ..checked import takes
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
@asks(PageQuery)
@answers(200, NotePage)
def list_notes(query: PageQuery) -> dict[str, Any]:
    """One page of notes, the oldest first.

    ---
    tags: [notes]
    parameters:
      - {in: query, name: limit, type: integer, default: 50, minimum: 1, maximum: 100,
         required: false, description: How many at most.}
      - {in: query, name: after, type: integer, default: 0, minimum: 0, maximum: 2147483647,
         required: false, description: The `next` of the previous page.}
    responses:
      200: {description: OK, schema: {$ref: "#/definitions/NotePage"}}
      422: {description: Unprocessable Content, schema: {$ref: "#/definitions/Problem"}}
    """
    return page_of(visible_notes(), Note.id, query)


@bp.post("")
@takes(NoteCreate)
@answers(201, NoteRead)
def create_note(new: NoteCreate) -> tuple[Note, dict[str, str]]:
    """Keep a new note; its address is in the `Location` header.

    ---
    tags: [notes]
    parameters:
      - {in: body, name: body, required: true, schema: {$ref: "#/definitions/NoteCreate"}}
    responses:
      201: {description: Created, schema: {$ref: "#/definitions/NoteRead"}}
      400: {description: Bad Request, schema: {$ref: "#/definitions/Problem"}}
      413: {description: Content Too Large, schema: {$ref: "#/definitions/Problem"}}
      415: {description: Unsupported Media Type, schema: {$ref: "#/definitions/Problem"}}
      422: {description: Unprocessable Content, schema: {$ref: "#/definitions/Problem"}}
    """
    note = new_note(**new.model_dump())
    db.session.add(note)
    db.session.commit()
    return note, {"Location": url_for(".get_note", note_id=note.id)}


@bp.get("/<row:note_id>")
@answers(200, NoteRead)
def get_note(note_id: int) -> Note:
    """Read a note.

    ---
    tags: [notes]
    parameters:
      - {in: path, name: note_id, type: integer, minimum: 0, maximum: 2147483647, required: true}
    responses:
      200: {description: OK, schema: {$ref: "#/definitions/NoteRead"}}
      404: {description: Not Found, schema: {$ref: "#/definitions/Problem"}}
    """
    return get_note_or_404(note_id)


@bp.patch("/<row:note_id>")
@takes(NoteUpdate)
@answers(200, NoteRead)
def update_note(changes: NoteUpdate, note_id: int) -> Note:
    """Change what is given, and nothing else.

    ---
    tags: [notes]
    parameters:
      - {in: path, name: note_id, type: integer, minimum: 0, maximum: 2147483647, required: true}
      - {in: body, name: body, required: true, schema: {$ref: "#/definitions/NoteUpdate"}}
    responses:
      200: {description: OK, schema: {$ref: "#/definitions/NoteRead"}}
      400: {description: Bad Request, schema: {$ref: "#/definitions/Problem"}}
      404: {description: Not Found, schema: {$ref: "#/definitions/Problem"}}
      413: {description: Content Too Large, schema: {$ref: "#/definitions/Problem"}}
      415: {description: Unsupported Media Type, schema: {$ref: "#/definitions/Problem"}}
      422: {description: Unprocessable Content, schema: {$ref: "#/definitions/Problem"}}
    """
    note = get_note_or_404(note_id)
    for name, value in changes.model_dump().items():
        setattr(note, name, value)
    db.session.commit()
    return note


@bp.delete("/<row:note_id>")
def delete_note(note_id: int) -> Response:
    """Delete a note.

    ---
    tags: [notes]
    parameters:
      - {in: path, name: note_id, type: integer, minimum: 0, maximum: 2147483647, required: true}
    responses:
      204: {description: No Content}
      404: {description: Not Found, schema: {$ref: "#/definitions/Problem"}}
    """
    db.session.delete(get_note_or_404(note_id))
    db.session.commit()
    # Swagger 2.0 names the types of an operation once, for all its answers.
    return Response(status=204, mimetype="application/json")
