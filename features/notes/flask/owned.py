

@bp.before_request
@login_required
def need_user() -> None:
    """Know whose notes are meant."""


def mine() -> Select[Note]:
    return select(Note).where(Note.owner_id == current_user.id)


def find(note_id: int) -> Note:
    """Find one's own note: there is no other."""
    return db.session.scalar(mine().where(Note.id == note_id)) or abort(404)
