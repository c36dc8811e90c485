def all_notes() -> Select[Note]:
    """Other people's notes do not exist, as far as anybody can tell."""
    return select(Note).where(Note.owner_id == current_user.id)


def get_note_or_404(note_id: int) -> Note:
    note = db.session.scalar(all_notes().where(Note.id == note_id))
    return note or abort(404, "No such note.")
