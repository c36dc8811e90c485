"""What clients send and receive: the contract, apart from how notes are stored."""

from marshmallow import Schema
from marshmallow import fields
from marshmallow.validate import Length

from ..fields import LINE
from ..fields import TEXT
from ..fields import Moment

TITLE = [Length(1, 200), LINE]
BODY = [Length(max=10_000), TEXT]


class NoteCreate(Schema):
    title = fields.String(required=True, validate=TITLE, metadata={"examples": ["Groceries"]})
    body = fields.String(load_default="", validate=BODY)


class NoteUpdate(Schema):
    """What is left out stays as it is."""

    title = fields.String(validate=TITLE)
    body = fields.String(validate=BODY)


class NoteRead(Schema):
    id = fields.Integer(required=True)
    title = fields.String(required=True)  # what is kept is given out, however it came in
    body = fields.String(required=True)
    created_at = Moment(required=True)
    updated_at = Moment(required=True)


class NotePage(Schema):
    items = fields.List(fields.Nested(NoteRead), required=True)
    next = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Pass as `after` for the next page; null on the last."},
    )
