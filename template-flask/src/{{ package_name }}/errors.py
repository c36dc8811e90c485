"""Every error is a page that says what went wrong and where to go from there."""

from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException


def init_app(app: Flask) -> None:
    """Show errors as pages; exceptions that nobody handled arrive as a 500."""
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(CSRFError, show_stale_form)


def show(error: HTTPException) -> ResponseReturnValue:
    """Render the error, without touching anything that may just have failed."""
    return render_template("error.html", error=error), error.code or 500, error.get_headers()


def show_stale_form(error: CSRFError) -> ResponseReturnValue:
    """Say what a visitor can do about a missing, foreign or expired CSRF token."""
    error.description = "The form was open for too long, or cookies are off. Reload it, try again."
    return show(error)
