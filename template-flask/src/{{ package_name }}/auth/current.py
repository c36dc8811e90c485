"""Whoever is signed in, and what happens to those who are not."""

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

# Where nobody has to be signed in, ask `current_user.is_authenticated` before all else.
current_user = cast("User", flask_login.current_user)
login_manager = LoginManager()


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in."""

    is_admin = False


login_manager.anonymous_user = Visitor


def login_required(view: Callable[P, R]) -> Callable[P, R]:
    """Let in whoever has signed in; Flask-Login's decorator, with types."""
    return cast("Callable[P, R]", flask_login.login_required(view))


def find_user(session_key: str) -> User | None:
    """Find whom a session belongs to: nobody, once it was ended or the account was."""
    return db.session.scalar(select(User).where(User.session_key == session_key, User.is_active))


def send_to_sign_in() -> ResponseReturnValue:
    """Send people to the page, and back to where they were."""
    flash("Sign in first.")
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=back), 303)


login_manager.user_loader(find_user)
login_manager.unauthorized_handler(send_to_sign_in)
