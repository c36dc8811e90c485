"""The language of a reader: the one they chose, else the best that their browser asks for."""

from flask import Blueprint
from flask import abort
from flask import flash
from flask import has_request_context
from flask import redirect
from flask import render_template
from flask import request
from flask import session
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import refresh

from .catalogues import LANGUAGES
from .catalogues import WRITTEN_IN

bp = Blueprint("language", __name__, url_prefix="/language")


def choose() -> str:
    """Name the language of this request; outside of one there is no reader."""
    if not has_request_context():
        return WRITTEN_IN
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    return request.accept_languages.best_match(LANGUAGES, WRITTEN_IN)


def get_language() -> str:
    """Say it as HTML and HTTP do."""
    return str(get_locale() or WRITTEN_IN).replace("_", "-")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Offer the languages there are."""
    return render_template("language.html", languages=LANGUAGES)


@bp.post("/")
def keep() -> ResponseReturnValue:
    """Keep what was chosen, for as long as the browser keeps its cookies."""
    if request.form.get("language") not in LANGUAGES:
        abort(400)
    session["language"] = request.form["language"]
    refresh()
    flash("This is how the pages speak to you now.")
    return redirect(url_for("home.show"), 303)
