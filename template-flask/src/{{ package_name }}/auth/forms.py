"""The forms of accounts."""

import re

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms import EmailField
from wtforms import Field
from wtforms import PasswordField
from wtforms import ValidationError
from wtforms.validators import DataRequired
from wtforms.validators import Length

from ..core.forms import Form
from .current import current_user
from .passwords import LONGEST
from .passwords import SHORTEST

# The pattern of `<input type=email>`. ASCII only, to exclude look-alikes; compared without case.
EMAIL = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+")
LONGEST_EMAIL = 254


def lower(text: str | None) -> str:
    return (text or "").strip().lower()


def is_email(_: FlaskForm, field: Field) -> None:
    if len(field.data) > LONGEST_EMAIL or not EMAIL.fullmatch(field.data):
        raise ValidationError("This is not a valid e-mail address.")


def is_no_copy(email: str, field: Field) -> None:
    if field.data.lower() == email:
        raise ValidationError("The password must not be the e-mail address.")


def email_field() -> EmailField:
    return EmailField(
        "E-mail address",
        filters=[lower],
        validators=[DataRequired("Enter your e-mail address."), is_email],
        render_kw={"autocomplete": "username"},
    )


def known_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[DataRequired("Enter your password."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


def new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        description=f"At least {SHORTEST} characters, for example four words.",
        validators=[
            DataRequired("Choose a password."),
            Length(SHORTEST, LONGEST, f"Use {SHORTEST} to {LONGEST} characters."),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class RegistrationForm(Form):
    """Registration form."""

    email = email_field()
    password = new_password("Password")

    def validate_password(self, field: Field) -> None:
        is_no_copy(self.email.data or "", field)


class SignInForm(Form):
    """Sign-in form."""

    email = email_field()
    password = known_password("Password")
    remember = BooleanField("Stay signed in on this device")


class PasswordForm(Form):
    """Form to change the password."""

    old_password = known_password("Old password")
    password = new_password("New password")

    def validate_password(self, field: Field) -> None:
        is_no_copy(current_user.email, field)
