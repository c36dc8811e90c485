"""The messages of live updates. They carry the id of a note and not its content.

So a message cannot be out of date: the client reads the note when it needs it.
"""

from typing import Annotated
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field


class Ready(BaseModel):
    """The first message: every change after it is sent, so the client reads the notes now."""

    type: Literal["feed.ready"] = "feed.ready"


class NoteCreated(BaseModel):
    type: Literal["note.created"] = "note.created"
    id: UUID


class NoteChanged(BaseModel):
    type: Literal["note.changed"] = "note.changed"
    id: UUID


class NoteDeleted(BaseModel):
    type: Literal["note.deleted"] = "note.deleted"
    id: UUID


Message = Annotated[Ready | NoteCreated | NoteChanged | NoteDeleted, Field(discriminator="type")]


class Event(BaseModel):
    """A message, and the owner whose clients receive it; published to all processes."""

    owner_id: UUID | None = None
    message: Message
