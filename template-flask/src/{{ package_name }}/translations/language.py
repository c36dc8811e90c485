"""The language of a request: as chosen, else by the `Accept-Language` header."""

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

COOKIE = "language"  # not in the session, which ends with each sign-in and sign-out
KEPT = 365 * 24 * 60 * 60  # seconds


def choose() -> str:
    """The language of this request; English outside of one."""
    if not has_request_context():
        return WRITTEN_IN
    if (chosen := request.cookies.get(COOKIE)) in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, WRITTEN_IN)


def get_language() -> str:
    """The language tag for HTML and HTTP."""
    return str(get_locale() or WRITTEN_IN).replace("_", "-")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the page to choose a language."""
    return render_template("language.html", languages=LANGUAGES)


@bp.post("/")
def keep() -> ResponseReturnValue:
    """Store the choice in a cookie, for a year."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    flash("The language has been changed.")
    response = redirect(url_for("home.show"), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, chosen, KEPT, secure=secure, httponly=True, samesite="Lax")
    return response
