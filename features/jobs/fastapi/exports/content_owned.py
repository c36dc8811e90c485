"""What an export holds."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..notes.models import Note
from ..notes.schemas import NoteRead
from .models import Export


async def write(export: Export, session: AsyncSession) -> str:
    """Give all notes of its owner, one a line: the oldest first."""
    mine = Note.owner_id == export.owner_id
    notes = await session.scalars(select(Note).where(mine).order_by(Note.id))
    return "".join(f"{NoteRead.model_validate(note).model_dump_json()}\n" for note in notes)
