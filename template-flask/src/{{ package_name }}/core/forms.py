"""What all forms share: types, tidy text, and nothing that a database cannot keep."""

from flask_wtf import FlaskForm
from wtforms.validators import Regexp

no_nul = Regexp(r"[^\0]*\Z", message="Remove the NUL character.")
one_line = Regexp(r"[^\x01-\x1f\x7f]*\Z", message="Write it in one line, without tabs.")


def tidy(text: str | None) -> str:
    """Count a line break once, however the browser sent it; drop the space around a text."""
    return (text or "").replace("\r\n", "\n").strip()


class Form(FlaskForm):
    """A form with a CSRF token, filled from what was posted or else from `obj`."""

    def __init__(self, obj: object = None) -> None:
        super().__init__(obj=obj)

    @property
    def accepted(self) -> bool:
        """Whether it was posted, and nothing is wrong with it."""
        return bool(self.validate_on_submit())

    @property
    def status(self) -> int:
        """The status of the page that shows the form."""
        return 422 if self.errors else 200
