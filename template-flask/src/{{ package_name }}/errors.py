"""Every error is a page that says what went wrong and what one can do about it."""

from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

ADVICE = {
    400: "Go back, reload the page and try again.",
    401: "Sign in, and come back.",
    403: "This is not yours to see. Perhaps you are signed in as somebody else?",
    404: "The address may have a typing error, or what was here is gone.",
    405: "The address is right, but not for what was asked of it. Begin at the page that led here.",
    413: "Send less at a time, or a smaller file.",
    429: "That was too often in a short time. Wait a moment, then try again.",
    500: "It is not your fault, and it has been written down. Try again later.",
    503: "Something that this page needs is away. Try again in a minute.",
}


def init_app(app: Flask) -> None:
    """Show errors as pages; exceptions that nobody handled arrive as a 500."""
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(CSRFError, show_stale_form)


def show(error: HTTPException) -> ResponseReturnValue:
    """Render the error, without touching anything that may just have failed."""
    code = error.code or 500
    page = render_template("error.html", error=error, advice=ADVICE.get(code))
    return page, code, error.get_headers()


def show_stale_form(error: CSRFError) -> ResponseReturnValue:
    """Say what a visitor can do about a missing, foreign or expired CSRF token."""
    error.description = "The form was open for too long, or cookies are off."
    return show(error)
