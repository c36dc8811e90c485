"""The language of a reader: the one they chose, else the best that their browser asks for."""

from flask import Blueprint
from flask import abort
from flask import current_app
from flask import flash
from flask import has_request_context
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from .catalogues import LANGUAGES
from .catalogues import WRITTEN_IN

bp = Blueprint("language", __name__, url_prefix="/language")

COOKIE = "language"  # one of its own: a session ends with each sign-in and sign-out
KEPT = 365 * 24 * 60 * 60  # seconds


def choose() -> str:
    """Name the language of this request; outside of one there is no reader."""
    if not has_request_context():
        return WRITTEN_IN
    if (chosen := request.cookies.get(COOKIE)) in LANGUAGES:
        return str(chosen)
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
    """Keep what was chosen, for a year."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    flash("This is how the pages speak to you now.")
    response = redirect(url_for("home.show"), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, chosen, KEPT, secure=secure, httponly=True, samesite="Lax")
    return response
