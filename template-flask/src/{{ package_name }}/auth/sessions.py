"""Sessions: a signed cookie with the session key of the user, valid until the key is replaced."""

from secrets import token_urlsafe

from flask import Flask
from flask import session
from flask_login import login_user
from flask_login import logout_user

from .current import current_user
from .current import login_manager
from .models import User


def init_app(app: Flask) -> None:
    """Register the login manager without Flask-Login's own `init_app`.

    That adds a "remember me" cookie, which this app does not use: sessions last longer instead. And
    it reads the session for every static file, which then varies by cookie and cannot be cached.
    """
    # "strong" protection would end the session when the address changes, as it does on phones.
    app.config["SESSION_PROTECTION"] = None
    # The lifetime counts from the last change: responses do not renew the cookie.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user  # a proxy: resolved when it is used


def begin(user: User, *, remember: bool) -> None:
    """Start a session with nothing of the anonymous one in it (against session fixation).

    Unless the user is new, before a commit: after it the key would be read again, and might be the
    one of a new password.
    """
    session.clear()
    session.permanent = remember
    login_user(user)


def end() -> None:
    """End the session of this browser; sends Flask-Login's signal `user_logged_out`."""
    logout_user()
    session.clear()


def end_all(user: User) -> None:
    """Invalidate all sessions of the user, when the transaction is committed."""
    user.session_key = token_urlsafe()
