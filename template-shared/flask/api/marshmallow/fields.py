"""Checks on which the documentation, the validation and the database agree."""

import re
from typing import Any

from marshmallow import ValidationError
from marshmallow import validate

SURROGATE = re.compile(r"[\ud800-\udfff]")


class Whole(validate.Regexp):
    """Match from end to end; a lone surrogate matches nothing, for no UTF-8 can carry it."""

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 (texts and bytes, says marshmallow)
        """Return the text as it is."""
        if not self.regex.fullmatch(value) or SURROGATE.search(value):
            raise ValidationError("It holds a character that has no place there.")
        return value


# One line of text: no control characters, and so no line breaks.
LINE = Whole(r"^[^\x00-\x1f\x7f]*$")

# Text of any shape, but for NUL, which PostgreSQL cannot store.
TEXT = Whole(r"^[^\x00]*$")
