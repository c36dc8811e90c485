"""The audit trail: who changed what, when, and from what to what."""

from flask import Flask

from ..auth.admins import is_admin
from ..home import add_to_navigation
from .recorder import remember_old_values
from .views import bp


def init_app(app: Flask) -> None:
    """Record changes, and show them to administrators."""
    remember_old_values()
    app.register_blueprint(bp)
    hint = "Who changed what, and when."
    add_to_navigation(app, "audit.index", "Changes", hint, shown=is_admin)
