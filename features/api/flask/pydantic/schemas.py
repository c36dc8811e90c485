"""What clients send and receive: the contract, apart from how notes are stored."""

from datetime import datetime

from pydantic import MISSING
from pydantic import BaseModel
from pydantic import ConfigDict

from ..fields import Line
from ..fields import RowId
from ..fields import Text
from ..pagination import Page


class NoteCreate(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"title": "Groceries", "body": "Apples and bread."}]},
    )

    title: Line
    body: Text = ""


class NoteUpdate(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"title": "Groceries for Sunday"}]}
    )

    title: Line | MISSING = MISSING
    body: Text | MISSING = MISSING


class NoteRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: RowId
    title: str  # what is kept is given out, however it came in
    body: str
    created_at: datetime
    updated_at: datetime


class NotePage(Page[NoteRead]):
    """The oldest first."""

    model_config = ConfigDict(from_attributes=True)
