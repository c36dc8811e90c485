"""Field types whose limits hold in the OpenAPI document, the validation and the database."""

from typing import Annotated

from pydantic import Field

# One line of text: no control characters, which includes line breaks.
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]

# Text without NUL, which PostgreSQL cannot store.
Text = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
