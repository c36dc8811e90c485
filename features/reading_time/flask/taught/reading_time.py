"""How long a text takes to read: a form, and the answer above it."""

from typing import NamedTuple

from flask import Blueprint
from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import DataRequired
from wtforms.validators import Length

# One dot means "beside this file": features of this app find each other so.
from .core.forms import Form
from .core.forms import no_nul
from .core.forms import tidy
from .home import add_to_navigation

WORDS_A_MINUTE = 200

# A blueprint collects addresses. They exist once an app has registered it: see `init_app`.
bp = Blueprint("reading_time", __name__, url_prefix="/reading-time")


# A class for each form: what may come in is written down once, and asked for in one place.
class TextForm(Form):
    """Takes a text."""

    # The name of the field is the name in the page, in the request, and in `form.text`.
    text = TextAreaField(
        # Filters change what was sent; validators then say what is wrong with it. Nothing that
        # a browser sends can be trusted: people write their own requests, too.
        filters=[tidy],
        validators=[
            DataRequired("Paste a text first."),
            Length(max=100_000),
            no_nul,
        ],
        # What WTForms writes into the tag: <textarea rows="10">.
        render_kw={"rows": 10},
    )


# What has a name is read more easily than `answer[1]`, also in a template.
class Estimate(NamedTuple):
    """What the page answers."""

    words: int
    seconds: int


# `create_app` calls this once for each app, a test for each of its own. Nothing happens when
# the file is imported, so that no app is left out and none is set up twice.
def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(bp)
    hint = "Paste a text, see how long it takes."
    add_to_navigation(app, "reading_time.show", "Reading time", hint)


# Knows nothing of Flask: it can be tried in a Python shell, and used where there is no page.
def estimate(text: str) -> Estimate:
    """Count the words, and round the time up: no text takes none."""
    words = len(text.split())
    # `//` rounds down; with a minus before and after it rounds up.
    return Estimate(words, -(-words * 60 // WORDS_A_MINUTE))


# GET asks for the page, POST sends the form; the same function answers both.
@bp.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Answer on the same page: nothing is kept, so there is nowhere to redirect to."""
    # Takes what was sent from `request`, of which Flask has one for each request.
    form = TextForm()
    answer = estimate(form.text.data or "") if form.accepted else None
    # Beside the page goes a status: 200, or 422 if something was wrong with the form.
    return render_template("reading_time.html", form=form, answer=answer), form.status
