"""What the feed says. It names a note and leaves reading it to the client: never out of date."""

from typing import Annotated
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field


class FeedReady(BaseModel):
    """Read the notes now: whatever changes from here on is told."""

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


Message = Annotated[
    FeedReady | NoteCreated | NoteChanged | NoteDeleted, Field(discriminator="type")
]


class News(BaseModel):
    """A message on its way between processes, and whom it concerns."""

    owner_id: UUID | None = None
    message: Message
