"""Notes: the worked example of a resource with pages."""

from flask import Flask

from ..home import add_to_navigation
from . import commands as commands
from . import views as views
from .access import bp


def init_app(app: Flask) -> None:
    """Add the pages and the command `flask notes seed`."""
    app.register_blueprint(bp)
    add_to_navigation(app, "notes.index", "Notes", "Write and search notes.")
