"""The forms to reset a password."""

from wtforms import Field

from ..auth import User
from ..auth.forms import email_field
from ..auth.forms import is_no_copy
from ..auth.forms import new_password
from ..core.forms import Form


class AddressForm(Form):
    """Form for the e-mail address."""

    email = email_field()


class NewPasswordForm(Form):
    """Form for the new password."""

    password = new_password("New password")

    def __init__(self, user: User) -> None:
        self.user = user
        super().__init__()

    def validate_password(self, field: Field) -> None:
        is_no_copy(self.user.email, field)
