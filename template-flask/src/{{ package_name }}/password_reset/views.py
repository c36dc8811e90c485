"""The pages to request a link, and to choose a new password."""

from hashlib import sha256

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from ..auth import accounts
from ..auth import passwords
from ..auth import sessions
from ..auth.forms import lower
from ..auth.views import start_over
from ..core.database import db
from ..core.limits import limiter
from ..core.mail import link
from ..core.mail import send
from . import links
from .forms import AddressForm
from .forms import NewPasswordForm

bp = Blueprint("password_reset", __name__, url_prefix="/auth")
bp.register_error_handler(StaleDataError, start_over)


def mailbox() -> str:
    """The rate limit's key for a mailbox: hashed, to keep addresses out of logs and Redis."""
    return sha256(lower(request.form.get("email")).encode(errors="replace")).hexdigest()


@bp.route("/forgotten", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@limiter.limit("5/hour", methods=["POST"], key_func=mailbox)
def ask() -> ResponseReturnValue:
    """Send an e-mail to any address, so that the page does not reveal who has an account."""
    form = AddressForm()
    if not form.accepted:
        return render_template("password_reset/ask.html", form=form), form.status
    email = form.email.data or ""
    user = accounts.find(email)
    page = ""
    if user and user.is_active:
        page = link(url_for(".choose", token=links.token_for(user)))
    text = render_template("password_reset/mail.txt", link=page, email=email, user=user)
    send(email, render_template("password_reset/subject.txt"), text)
    flash("We have sent you an e-mail with further instructions.")
    return redirect(url_for("auth.sign_in"), 303)


@bp.route("/reset", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Replace the password. GET does not use up the link, since mail scanners follow links."""
    user = links.find_user(request.args.get("token", ""))
    if not user:
        flash("This link has expired or was already used. Request a new one.")
        return redirect(url_for(".ask"), 303)
    form = NewPasswordForm(user)
    if not form.accepted:
        return render_template("password_reset/choose.html", form=form), form.status
    user.password_hash = passwords.hashed(form.password.data or "")
    sessions.end_all(user)
    db.session.commit()
    flash("Password changed. Sign in with the new password.")
    return redirect(url_for("auth.sign_in"), 303)
