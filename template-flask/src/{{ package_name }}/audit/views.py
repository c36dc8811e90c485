"""The page of the audit trail."""

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ..auth.admins import require_admin
from ..core.pagination import paginate
from .models import Change

bp = Blueprint("audit", __name__, url_prefix="/audit")
bp.before_request(require_admin)


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the changes of all rows, or of one row, the newest first."""
    table, row = (request.args.get(name, "").replace("\0", "") for name in ("table", "row"))
    changes = select(Change).order_by(Change.id.desc())
    if table:
        changes = changes.where(Change.table_name == table, Change.row_key == row)
    page = paginate(changes)
    return render_template("audit/index.html", page=page, table=table, row=row)
