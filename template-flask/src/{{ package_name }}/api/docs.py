"""The page that shows the documentation, from this package's own files."""

from flask import Blueprint
from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue

from ..home import add_to_navigation

bp = Blueprint("docs", __name__, url_prefix="/api/docs")


def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(bp)
    add_to_navigation(app, "docs.show", "API", "Documentation of the JSON API.")


@bp.get("")
def show() -> ResponseReturnValue:
    """Show what `/api/openapi.json` says."""
    return render_template("docs.html")
