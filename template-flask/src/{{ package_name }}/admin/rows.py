"""The pages of a table: Flask-Admin's, for administrators, and with templates of this app.

Its own templates need inline scripts, which the Content-Security-Policy forbids. Those in
`templates/admin` list, sort, search, create, edit and delete without any script.
"""

from flask import Response
from flask import abort
from flask import after_this_request
from flask import flash
from flask import request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from flask_admin.contrib.sqla.view import ModelView
from flask_admin.model.base import ViewArgs
from flask_admin.tools import iterdecode
from sqlalchemy import Boolean
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy import inspect
from sqlalchemy.exc import DataError
from sqlalchemy.exc import IntegrityError
from wtforms import Form

from ..auth.admins import is_admin
from ..auth.admins import require_admin
from ..auth.views import LOCAL
from ..core.database import Base
from ..core.database import db
from .fields import Columns
from .fields import Converter
from .formats import BY_TYPE
from .formats import show_person

FARTHEST = 10**6  # the highest page number


class Guarded:
    """Base of the views: requires the administrator role."""

    def is_accessible(self) -> bool:
        return is_admin()

    def inaccessible_callback(self, name: str, **_: object) -> ResponseReturnValue:
        del name
        return require_admin() or abort(403)

    def _handle_view(self, name: str, **kwargs: object) -> ResponseReturnValue | None:
        """Reject redirects to other hosts: Flask-Admin accepts `https:evil.example` as a path."""
        if not LOCAL.fullmatch(request.values.get("url", "/")):
            abort(400)
        answer: ResponseReturnValue | None = super()._handle_view(name, **kwargs)  # type: ignore[misc]
        return answer


class Rows(Guarded, ModelView):
    """Lists, searches, creates, edits and deletes rows of a model."""

    column_display_pk = True
    column_type_formatters = BY_TYPE
    form_optional_types = (Boolean, Text)
    model_form_converter = Converter

    def __init__(self, model: type[Base]) -> None:
        columns = Columns(model)
        self.action_disallowed_list = ["delete"]  # bulk deletion needs a script
        self.column_default_order = [(key, True) for key in columns.keys]
        self.column_formatters = dict.fromkeys(columns.people(), show_person)
        self.column_list = columns.listed
        self.column_searchable_list = columns.of(String)
        self.form_args = columns.arguments()
        self.can_create = self.can_create and columns.suffice
        self.form_excluded_columns = columns.withheld
        name = model.__tablename__
        super().__init__(model, db, name.capitalize(), endpoint=f"admin_{name}", url=name)

    def get_one(self, id: str) -> Base:  # noqa: A002
        """Find a row; a malformed key is a 404."""
        kinds = [column.type.python_type for column in inspect(self.model).primary_key]
        try:
            key = [kind(part) for kind, part in zip(kinds, iterdecode(id), strict=True)]
            row: Base | None = db.session.get(self.model, key)
        except (DataError, OverflowError, ValueError):
            db.session.rollback()
            row = None
        return row or abort(404)

    def _get_list_extra_args(self) -> ViewArgs:
        """List rows: without NUL in the search, and with a bounded page number."""
        asked: ViewArgs = super()._get_list_extra_args()
        asked.page = min(max(asked.page or 0, 0), FARTHEST)
        asked.search = asked.search and asked.search.replace("\0", "")
        return asked

    def handle_view_exception(self, exc: Exception) -> bool:
        """Show a message of our own: that of the database contains values."""
        if isinstance(exc, IntegrityError):
            flash("Not saved: a value is already in use, or other rows refer to this one.", "error")
            after_this_request(refuse)
            return True
        return bool(super().handle_view_exception(exc))

    @expose("/delete/", methods=("GET", "POST"))
    def delete_view(self) -> ResponseReturnValue:
        """Show the page that asks before deleting."""
        if request.method == "POST":
            answer: ResponseReturnValue = super().delete_view()
            return answer
        row = self.get_one(request.args.get("id", ""))
        return self.render("admin/model/delete.html", row=row, get_value=self.get_list_value)

    def validate_form(self, form: Form) -> bool:
        """Answer 422 for a form with errors."""
        if not (accepted := super().validate_form(form)) and form.errors:
            after_this_request(refuse)
        return bool(accepted)


def refuse(response: Response) -> Response:
    """Set the status to 422 if the form is shown again with errors; a redirect keeps its own."""
    if not response.location:
        response.status_code = 422
    return response
