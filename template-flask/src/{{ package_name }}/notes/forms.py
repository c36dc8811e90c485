"""The form of a note."""

from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import DataRequired
from wtforms.validators import Length

from ..core.forms import Form
from ..core.forms import no_nul
from ..core.forms import one_line
from ..core.forms import tidy


class NoteForm(Form):
    """Form to create or change a note."""

    title = StringField(
        filters=[tidy],
        validators=[DataRequired("Give the note a title."), Length(max=200), no_nul, one_line],
    )
    body = TextAreaField(
        "Text",
        filters=[tidy],
        validators=[Length(max=10_000), no_nul],
        render_kw={"rows": 10},
    )
