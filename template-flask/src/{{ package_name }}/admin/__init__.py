"""Pages at /admin/ for administrators to edit the tables, by Flask-Admin."""

from typing import Any

from flask import Flask
from flask_admin.base import Admin
from flask_admin.base import AdminIndexView
from wtforms import Form

from ..auth import User
from ..auth.admins import is_admin
from ..auth.sessions import end_all
from ..core.database import Base
from ..home import add_to_navigation
from ..notes.models import Note
from .rows import Guarded
from .rows import Rows


class Home(Guarded, AdminIndexView):
    """The index page, which links to the tables."""


class Notes(Rows):
    """Notes: administrators cannot create notes for others."""

    can_create = False


class Users(Rows):
    """Users register themselves; administrators change the role or disable an account."""

    can_create = False
    form_columns = ("is_admin", "is_active")

    def on_model_change(self, form: Form, model: Any, is_created: bool) -> None:  # noqa: ANN401, FBT001
        """Invalidate the sessions of a disabled user, so that enabling does not restore them."""
        del form, is_created
        if not model.is_active:
            end_all(model)


def init_app(app: Flask) -> None:
    """Add the pages."""
    app.config["FLASK_ADMIN_RAISE_ON_VIEW_EXCEPTION"] = True  # so that the app shows its error page
    Admin(app, name="Admin", index_view=Home())
    add_table(app, Note, Notes)
    add_table(app, User, Users)
    add_to_navigation(app, "admin.index", "Admin", "Edit the tables of the app.", shown=is_admin)


def add_table(app: Flask, model: type[Base], view: type[Rows] = Rows) -> None:
    """Add the pages of a table. Call it for your own tables too."""
    (site,) = app.extensions["admin"]
    with app.app_context():
        site.add_view(view(model))
