"""The pages of notes."""

from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_

from ..core.database import db
from ..core.pagination import paginate
from .access import bp
from .access import get_note_or_404
from .access import new_note
from .access import visible_notes
from .forms import NoteForm
from .models import Note


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the notes that contain the search text, the newest first."""
    search = request.args.get("q", "").replace("\0", "").strip()[:200]
    notes = visible_notes().order_by(Note.created_at.desc(), Note.id.desc())
    if search:
        columns = (Note.title, Note.body)
        notes = notes.where(or_(*(column.icontains(search, autoescape=True) for column in columns)))
    return render_template("notes/index.html", page=paginate(notes), search=search)


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Create a note."""
    form = NoteForm()
    if not form.accepted:
        return render_template("notes/edit.html", form=form), form.status
    note = new_note()
    form.populate_obj(note)
    db.session.add(note)
    db.session.commit()
    flash("Note saved.")
    return redirect(url_for(".show", note_id=note.id), 303)


@bp.get("/<row:note_id>")
def show(note_id: int) -> ResponseReturnValue:
    """Read a note."""
    return render_template("notes/show.html", note=get_note_or_404(note_id))


@bp.route("/<row:note_id>/edit", methods=["GET", "POST"])
def edit(note_id: int) -> ResponseReturnValue:
    """Change a note."""
    note = get_note_or_404(note_id)
    form = NoteForm(obj=note)
    if not form.accepted:
        return render_template("notes/edit.html", form=form, note=note), form.status
    form.populate_obj(note)
    db.session.commit()
    flash("Changes saved.")
    return redirect(url_for(".show", note_id=note_id), 303)


@bp.get("/<row:note_id>/delete")
def confirm(note_id: int) -> ResponseReturnValue:
    """Ask before deleting, where there is no script to ask on the note's own page."""
    return render_template("notes/delete.html", note=get_note_or_404(note_id))


@bp.post("/<row:note_id>/delete")
def delete(note_id: int) -> ResponseReturnValue:
    """Delete a note."""
    db.session.delete(get_note_or_404(note_id))
    db.session.commit()
    flash("Note deleted.")
    return redirect(url_for(".index"), 303)
