"""What an export holds."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..notes.models import Note
from ..notes.schemas import NoteRead
from .models import Export


async def write(_: Export, session: AsyncSession) -> str:
    """Give all notes, one a line: the oldest first."""
    notes = await session.scalars(select(Note).order_by(Note.id))
    return "".join(f"{NoteRead.model_validate(note).model_dump_json()}\n" for note in notes)
