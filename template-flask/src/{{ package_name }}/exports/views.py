"""The pages of exports: request one, see its status, download it."""

from uuid import UUID

from flask import Response
from flask import abort
from flask import flash
from flask import redirect
from flask import render_template
from flask import url_for
from flask.typing import ResponseReturnValue

from ..core.database import db
from ..core.jobs import put
from ..core.pagination import paginate
from .access import bp
from .access import new_export
from .access import visible_exports
from .jobs import fill_export
from .models import Export


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the exports, the newest first."""
    exports = visible_exports().order_by(Export.created_at.desc())
    return render_template("exports/index.html", page=paginate(exports))


@bp.post("/")
def create() -> ResponseReturnValue:
    """Request an export: the row and its job are committed together."""
    export = new_export()
    db.session.add(export)
    db.session.flush()
    put(fill_export, export_id=str(export.id))
    db.session.commit()
    flash("Export requested.")
    return redirect(url_for(".index"), 303)


@bp.get("/<uuid:export_id>")
def download(export_id: UUID) -> ResponseReturnValue:
    """Download an export that is done."""
    export = db.session.scalar(visible_exports().where(Export.id == export_id)) or abort(404)
    if export.content is None:
        abort(404, "The export is not done yet.")
    response = Response(export.content, mimetype="application/jsonl")
    response.headers.set("Content-Disposition", "attachment", filename="notes.jsonl")
    return response
