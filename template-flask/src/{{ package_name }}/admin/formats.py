"""How values look in a list."""

from datetime import datetime

from flask_admin.contrib.sqla.typefmt import DEFAULT_FORMATTERS
from markupsafe import Markup

from ..auth import User
from ..database import Base
from ..database import db

MOMENT = Markup('<time datetime="{}">{:%d %b %Y, %H:%M} UTC</time>')


def show_moment(_view: object, value: datetime, _name: str) -> str:
    """Show it as the macro `moment` does: a script puts it into the reader's zone."""
    return MOMENT.format(value.isoformat(), value)


def show_truth(_view: object, value: object, _name: str) -> str:
    return "yes" if value else "no"


def show_person(_view: object, _context: object, row: Base, name: str) -> str:
    """Show who it is instead of a number."""
    return str(db.session.get(User, getattr(row, name)) or "")


BY_TYPE = DEFAULT_FORMATTERS | {bool: show_truth, datetime: show_moment}
