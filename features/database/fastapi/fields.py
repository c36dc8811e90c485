"""Field types on which the OpenAPI document, the validation and the database agree."""

from typing import Annotated

from pydantic import Field

# One line of text: no control characters, and so no line breaks.
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]

# Text of any shape, but for NUL, which PostgreSQL cannot store.
Text = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
