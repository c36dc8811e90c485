"""The base class of forms, with filters and validators for text."""

from flask_wtf import FlaskForm
from wtforms.validators import Regexp

no_nul = Regexp(r"[^\0]*\Z", message="Remove the NUL character.")
one_line = Regexp(r"[^\x01-\x1f\x7f]*\Z", message="Use one line, without tabs.")


def tidy(text: str | None) -> str:
    """Normalize line breaks, which browsers send as CRLF, and strip surrounding space."""
    return (text or "").replace("\r\n", "\n").strip()


class Form(FlaskForm):
    """A form with a CSRF token, filled from what was posted or else from `obj`."""

    def __init__(self, obj: object = None) -> None:
        super().__init__(obj=obj)

    @property
    def accepted(self) -> bool:
        """Whether the form was submitted and is valid."""
        return bool(self.validate_on_submit())

    @property
    def status(self) -> int:
        """The status of the page that shows the form: 422 if it has errors."""
        return 422 if self.errors else 200
