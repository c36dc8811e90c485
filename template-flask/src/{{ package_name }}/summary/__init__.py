"""A page with statistics of notes: the worked example of dependency injection."""

from flask import Flask

from ..home import add_to_navigation
from .views import bp


def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(bp)
    add_to_navigation(app, "summary.show", "Summary", "Statistics of the notes.")
