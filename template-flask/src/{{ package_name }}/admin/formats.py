"""How values are shown in lists."""

from datetime import datetime

from flask import get_template_attribute
from flask_admin.babel import gettext
from flask_admin.contrib.sqla.typefmt import DEFAULT_FORMATTERS
from markupsafe import Markup

from ..auth import User
from ..core.database import Base
from ..core.database import db


def show_moment(_view: object, value: datetime, _name: str) -> str:
    """Show a timestamp as other pages do: a script converts it to the time zone of the browser."""
    moment: Markup = get_template_attribute("_macros.html", "moment")(value)
    return moment


def show_truth(_view: object, value: object, _name: str) -> str:
    return str(gettext("Yes") if value else gettext("No"))


def show_person(_view: object, _context: object, row: Base, name: str) -> str:
    """Show the e-mail address of a user instead of the id."""
    return str(db.session.get(User, getattr(row, name)) or "")


BY_TYPE = DEFAULT_FORMATTERS | {bool: show_truth, datetime: show_moment}
