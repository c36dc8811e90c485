"""The endpoints of notes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi import Depends
from fastapi import HTTPException
from fastapi import Response
from sqlalchemy.orm.exc import StaleDataError

from ..database import SessionDep
from ..pagination import Page
from ..pagination import PageDep
from ..pagination import paginate
from ..problems import problems
from .models import Note
from .schemas import NoteCreate
from .schemas import NoteRead
from .schemas import NoteUpdate

router = APIRouter(prefix="/notes", tags=["notes"])


async def get_note_or_404(note_id: UUID, session: SessionDep) -> Note:
    note = await session.get(Note, note_id)
    if note is None:
        raise HTTPException(404, "No such note.")
    return note


NoteDep = Annotated[Note, Depends(get_note_or_404)]


@router.get("", responses=problems(422))
async def list_notes(session: SessionDep, page: PageDep) -> Page[NoteRead]:
    """One page of notes, the oldest first."""
    return await paginate(session, Note, page, NoteRead)


@router.post("", status_code=201, responses=problems(400, 413, 422))
async def create_note(new: NoteCreate, session: SessionDep, response: Response) -> NoteRead:
    """Keep a new note; its address is in the `Location` header."""
    note = Note(**new.model_dump())
    session.add(note)
    await session.flush()
    response.headers["Location"] = f"/notes/{note.id}"
    return NoteRead.model_validate(note)


@router.get("/{note_id}", responses=problems(404, 422))
async def get_note(note: NoteDep) -> NoteRead:
    return NoteRead.model_validate(note)


@router.patch("/{note_id}", responses=problems(400, 404, 413, 422))
async def update_note(note: NoteDep, changes: NoteUpdate, session: SessionDep) -> NoteRead:
    """Change what is given, and nothing else."""
    for field, value in changes.model_dump().items():
        setattr(note, field, value)
    try:
        await session.flush()
    except StaleDataError as error:  # somebody has deleted it since it was read
        raise HTTPException(404, "No such note.") from error
    return NoteRead.model_validate(note)


@router.delete("/{note_id}", status_code=204, responses=problems(404, 422))
async def delete_note(note: NoteDep, session: SessionDep) -> None:
    await session.delete(note)
