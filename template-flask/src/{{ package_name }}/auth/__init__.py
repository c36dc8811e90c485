"""Accounts: users register, sign in and out, and change their passwords."""

from flask import Flask

from ..home import add_to_navigation
from . import sessions
from . import settings
from .commands import cli
from .current import current_user as current_user
from .current import login_required as login_required
from .models import User as User
from .views import bp


def init_app(app: Flask) -> None:
    """Add the pages, and the command `flask users`."""
    settings.init_app(app)
    sessions.init_app(app)
    app.register_blueprint(bp)
    app.cli.add_command(cli)
    add_to_navigation(
        app,
        "auth.sign_in",
        "Sign in",
        "Or register first.",
        shown=lambda: not current_user.is_authenticated,
    )
    add_to_navigation(
        app,
        "auth.show_me",
        "Account",
        "Your account, your password, and signing out.",
        shown=lambda: current_user.is_authenticated,
    )
