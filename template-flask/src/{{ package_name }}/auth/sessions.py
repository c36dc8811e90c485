"""Sessions: a signed cookie that names a key of the user, for as long as that is the user's."""

from secrets import token_urlsafe

from flask import Flask
from flask import session
from flask_login import login_user
from flask_login import logout_user

from .current import current_user
from .current import login_manager
from .models import User


def init_app(app: Flask) -> None:
    """Let Flask-Login find its manager.

    Its own `init_app` also minds a second cookie, which remembers people; here the session does,
    whose age is checked. And it would read the session, and say so, with every file that is sent.
    """
    # A session belongs to a browser, wherever that is: phones change their address all day.
    app.config["SESSION_PROTECTION"] = None
    # It lasts from the last time that it changed: no file or page is sent with a new cookie.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user  # who that is, is asked on use


def begin(user: User, *, remember: bool) -> None:
    """Begin anew: nothing that a visitor was given before counts for the user.

    Unless the user is new, before a commit: after it the key would be read again, and might be the
    one of a new password.
    """
    session.clear()
    session.permanent = remember
    login_user(user)


def end() -> None:
    """End the session of this browser, and let those know who listen for that."""
    logout_user()
    session.clear()


def end_all(user: User) -> None:
    """End the user's sessions in all browsers, once this is committed."""
    user.session_key = token_urlsafe()
