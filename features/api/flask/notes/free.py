def all_notes() -> Select[Note]:
    return select(Note)


def get_note_or_404(note_id: int) -> Note:
    note = db.session.get(Note, note_id)
    return note or abort(404, "No such note.")
