"""How long a text takes to read: a form, and the answer above it."""

from typing import NamedTuple

from flask import Blueprint
from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import DataRequired
from wtforms.validators import Length

from .core.forms import Form
from .core.forms import no_nul
from .core.forms import tidy
from .home import add_to_navigation

WORDS_A_MINUTE = 200

bp = Blueprint("reading_time", __name__, url_prefix="/reading-time")


class TextForm(Form):
    """Takes a text."""

    text = TextAreaField(
        filters=[tidy],
        validators=[
            DataRequired("Paste a text first."),
            Length(max=100_000),
            no_nul,
        ],
        render_kw={"rows": 10},
    )


class Estimate(NamedTuple):
    """What the page answers."""

    words: int
    seconds: int


def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(bp)
    hint = "Paste a text, see how long it takes."
    add_to_navigation(app, "reading_time.show", "Reading time", hint)


def estimate(text: str) -> Estimate:
    """Count the words, and round the time up: no text takes none."""
    words = len(text.split())
    return Estimate(words, -(-words * 60 // WORDS_A_MINUTE))


@bp.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Answer on the same page: nothing is kept, so there is nowhere to redirect to."""
    form = TextForm()
    answer = estimate(form.text.data or "") if form.accepted else None
    return render_template("reading_time.html", form=form, answer=answer), form.status
