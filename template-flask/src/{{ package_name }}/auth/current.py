"""The current user, and the redirect to the sign-in page for anonymous visitors."""

from collections.abc import Callable
from typing import ParamSpec
from typing import TypeVar
from typing import cast

import flask_login
from flask import flash
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_login import LoginManager
from sqlalchemy import select

from ..core.database import db
from .models import User

P = ParamSpec("P")
R = TypeVar("R")

# On pages without `@login_required`, check `current_user.is_authenticated` first.
current_user = cast("User", flask_login.current_user)
login_manager = LoginManager()


class Visitor(AnonymousUserMixin):
    """An anonymous visitor."""

    is_admin = False


login_manager.anonymous_user = Visitor


def login_required(view: Callable[P, R]) -> Callable[P, R]:
    """Require a signed-in user: Flask-Login's decorator, with types."""
    return cast("Callable[P, R]", flask_login.login_required(view))


def find_user(session_key: str) -> User | None:
    """The user of a session key; None if the session is invalid or the account disabled."""
    return db.session.scalar(select(User).where(User.session_key == session_key, User.is_active))


def send_to_sign_in() -> ResponseReturnValue:
    """Redirect to the sign-in page, which redirects back to the requested page."""
    flash("Sign in first.")
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=back), 303)


login_manager.user_loader(find_user)
login_manager.unauthorized_handler(send_to_sign_in)
