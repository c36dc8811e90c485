"""Which columns are listed, searched and edited, and with which form fields."""

from typing import Any

from flask_admin.contrib.sqla.form import AdminModelConverter
from flask_admin.contrib.sqla.view import ModelView
from sqlalchemy import Column
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy import inspect
from sqlalchemy.types import TypeEngine
from werkzeug.local import LocalProxy
from wtforms.validators import DataRequired
from wtforms.validators import Regexp

from ..auth.admins import is_secret
from ..core.columns import UTCDateTime
from ..core.database import Base
from ..core.database import db
from ..core.forms import no_nul
from ..core.forms import one_line
from ..core.forms import tidy


class Converter(AdminModelConverter):
    """Checks uniqueness in the session of the request, not in the one at start-up."""

    def __init__(self, _session: object, view: ModelView) -> None:
        super().__init__(LocalProxy(lambda: db.session), view)


class Columns:
    """The columns of a table by name and type; forms do not show the withheld ones."""

    def __init__(self, model: type[Base]) -> None:
        columns = Base.metadata.tables[model.__tablename__].columns
        related = {one for link in inspect(model).relationships for one in link.local_columns}
        withheld = [
            one
            for one in columns
            if is_secret(one)
            or isinstance(one.type, UTCDateTime)
            or (one.foreign_keys and one not in related)
        ]
        self.withheld = [one.name for one in withheld]
        self.suffice = all(one.nullable or one.default or one.server_default for one in withheld)
        self.shown = [one for one in columns if not is_secret(one)]
        self.keys = [one.name for one in columns if one.primary_key]
        self.listed = [one.name for one in self.shown if not isinstance(one.type, Text)]

    def of(self, kind: type[TypeEngine[Any]]) -> list[str]:
        return [one.name for one in self.shown if isinstance(one.type, kind)]

    def people(self) -> list[str]:
        """The columns that refer to a user."""
        return [
            one.name
            for one in self.shown
            for key in one.foreign_keys
            if key.column.table.name == "users"
        ]

    def arguments(self) -> dict[str, Any]:
        """Normalize and validate text as the other forms of this app do."""
        return {
            one.name: {"filters": [tidy], "validators": [no_nul, *_shape(one), *_required(one)]}
            for one in self.shown
            if isinstance(one.type, String)
        }


def _shape(column: Column[Any]) -> list[Regexp]:
    return [] if isinstance(column.type, Text) else [one_line]


def _required(column: Column[Any]) -> list[DataRequired]:
    optional = column.nullable or column.default or isinstance(column.type, Text)
    return [] if optional else [DataRequired()]
