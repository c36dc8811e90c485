"""Field types and validators, for the documentation, the validation and the database alike."""

import re
from datetime import datetime
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields
from marshmallow import validate

SURROGATE = re.compile(r"[\ud800-\udfff]")


class Whole(validate.Regexp):
    """A regular expression for the whole text; lone surrogates, which UTF-8 cannot encode, fail."""

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 (texts and bytes, says marshmallow)
        """Return the text as it is."""
        if not self.regex.fullmatch(value) or SURROGATE.search(value):
            raise ValidationError("It holds a character that has no place there.")
        return value


# One line of text: no control characters, and so no line breaks.
LINE = Whole(r"^[^\x00-\x1f\x7f]*$")

# Text of any shape, but for NUL, which PostgreSQL cannot store.
TEXT = Whole(r"^[^\x00]*$")


class Moment(fields.AwareDateTime):
    """A moment in UTC, which other APIs of this kind write with `Z`."""

    def _serialize(
        self, value: datetime | None, attr: str | None, obj: object, **_: object
    ) -> str | None:
        del attr, obj
        return value.isoformat().replace("+00:00", "Z") if value else None
