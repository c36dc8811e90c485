"""The audit trail: who changed what, when, and from what to what."""

from flask import Flask

from ..admins import is_admin
from ..home import add_place
from .recorder import remember_old_values
from .views import bp


def init_app(app: Flask) -> None:
    """Record changes, and show them to administrators."""
    remember_old_values()
    app.register_blueprint(bp)
    hint = "Who changed what, when, and from what to what."
    add_place(app, "audit.index", "Changes", hint, shown=is_admin)
