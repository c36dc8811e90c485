"""The pages of notes, and the command that fills them with examples."""

from flask import Blueprint
from flask import abort
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_
from sqlalchemy import select

from ..database import db
from ..pagination import paginate
from .forms import NoteForm
from .models import Note

bp = Blueprint("notes", __name__, url_prefix="/notes")


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the notes that hold the words searched for, the latest first."""
    search = request.args.get("q", "").replace("\0", "").strip()[:200]
    notes = select(Note).order_by(Note.created_at.desc(), Note.id.desc())
    if search:
        columns = (Note.title, Note.body)
        notes = notes.where(or_(*(column.icontains(search, autoescape=True) for column in columns)))
    return render_template("notes/index.html", page=paginate(notes), search=search)


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Write a note."""
    form = NoteForm()
    if not form.accepted:
        return render_template("notes/edit.html", form=form), form.status
    note = Note()
    form.populate_obj(note)
    db.session.add(note)
    db.session.commit()
    flash("Note saved.")
    return redirect(url_for(".show", note_id=note.id), 303)


@bp.get("/<row:note_id>")
def show(note_id: int) -> ResponseReturnValue:
    """Read a note."""
    return render_template("notes/show.html", note=db.session.get(Note, note_id) or abort(404))


@bp.route("/<row:note_id>/edit", methods=["GET", "POST"])
def edit(note_id: int) -> ResponseReturnValue:
    """Change a note."""
    note = db.session.get(Note, note_id) or abort(404)
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
    return render_template("notes/delete.html", note=db.session.get(Note, note_id) or abort(404))


@bp.post("/<row:note_id>/delete")
def delete(note_id: int) -> ResponseReturnValue:
    """Delete a note."""
    db.session.delete(db.session.get(Note, note_id) or abort(404))
    db.session.commit()
    flash("Note deleted.")
    return redirect(url_for(".index"), 303)


@bp.cli.command("seed")
def seed() -> None:
    """Write some example notes."""
    numbers = range(1, 26)
    db.session.add_all(Note(title=f"Example {number}", body="Made up.") for number in numbers)
    db.session.commit()
