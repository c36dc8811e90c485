"""The pages to register, sign in and out, and change the password."""

import re

from flask import Blueprint
from flask import Response
from flask import abort
from flask import current_app
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import session
from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from ..core.database import db
from ..core.limits import limiter
from . import accounts
from . import passwords
from . import sessions
from .current import current_user
from .current import login_required
from .forms import PasswordForm
from .forms import RegistrationForm
from .forms import SignInForm
from .models import User

bp = Blueprint("auth", __name__, url_prefix="/auth")

# A path on this host: browsers treat `//` and `/\` as another host, and skip control characters.
LOCAL = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f\x7f-\x9f]*")


def failed(response: Response) -> bool:
    """Count failed attempts only, since many users may share an address; success is a redirect."""
    return response.location is None


def next_page() -> str:
    """Redirect to the page that was requested first, never to another host."""
    wanted = request.args.get("next", "")
    return wanted if LOCAL.fullmatch(wanted) else url_for("home.show")


@bp.errorhandler(StaleDataError)
def start_over(_: StaleDataError) -> ResponseReturnValue:
    """Handle a session that was invalidated meanwhile by a new password or a disabled account."""
    db.session.rollback()
    flash("Your password or your account has just been changed. Sign in again.")
    return redirect(url_for("auth.sign_in"), 303)


@bp.route("/register", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
def register() -> ResponseReturnValue:
    """Register."""
    if not current_app.config["REGISTRATION"]:
        abort(404)
    form = RegistrationForm()
    if form.accepted:
        user = accounts.create(form.email.data or "", form.password.data or "")
        if user:
            sessions.begin(user, remember=False)
            flash("Welcome.")
            return redirect(next_page(), 303)
        form.email.errors = ["This address already has an account. Sign in instead."]
    return render_template("auth/register.html", form=form), form.status


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("10/minute", methods=["POST"], deduct_when=failed)
def sign_in() -> ResponseReturnValue:
    """Sign in."""
    form = SignInForm()
    if form.accepted:
        user = accounts.find(form.email.data or "")
        right = passwords.is_right(form.password.data or "", user)
        if user and right:
            sessions.begin(user, remember=form.remember.data)
            db.session.commit()
            return redirect(next_page(), 303)
        form.password.errors = ["The e-mail address or the password is wrong."]
    return render_template("auth/sign_in.html", form=form), form.status


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out of this browser, or with `everywhere` of all browsers."""
    if "everywhere" in request.form and current_user.is_authenticated:
        sessions.end_all(current_user)
        db.session.commit()
    sessions.end()
    flash("You have signed out.")
    return redirect(url_for("home.show"), 303)


@bp.get("/me")
@login_required
def show_me() -> ResponseReturnValue:
    """Show the account of the current user."""
    return render_template("auth/me.html", user=current_user)


@bp.route("/password", methods=["GET", "POST"])
@limiter.limit("10/minute", methods=["POST"], deduct_when=failed)
@login_required
def change_password() -> ResponseReturnValue:
    """Change the password, and invalidate all other sessions."""
    form = PasswordForm()
    if form.accepted:
        user = db.session.get_one(User, current_user.id)
        if passwords.is_right(form.old_password.data or "", user):
            user.password_hash = passwords.hashed(form.password.data or "")
            sessions.end_all(user)
            sessions.begin(user, remember=session.permanent)
            db.session.commit()
            flash("Password changed. You are signed out everywhere else.")
            return redirect(url_for(".show_me"), 303)
        form.old_password.errors = ["This is not your password."]
    return render_template("auth/password.html", form=form, user=current_user), form.status
