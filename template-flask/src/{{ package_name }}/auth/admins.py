"""The administrator role, and the columns that are hidden from administrators too."""

import re
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy import Column

from . import current_user
from . import login_required

SECRET = re.compile("hash|passw|secret|session|token")


def is_admin() -> bool:
    return current_user.is_authenticated and current_user.is_admin


@login_required
def require_admin() -> ResponseReturnValue | None:
    """Answer 403 unless the user is an administrator; for `before_request` of a blueprint."""
    return None if current_user.is_admin else abort(403)


def is_secret(column: Column[Any]) -> bool:
    """Whether a column holds a secret: by its name, or `mapped_column(info={"secret": True})`."""
    return bool(column.info.get("secret", SECRET.search(column.name)))
