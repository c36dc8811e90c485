class NoteChanges:
    """The notes that a session has written."""

    def __init__(self, session: AsyncSession) -> None:
        self.created: list[Note] = []
        self.changed: list[Note] = []
        self.deleted: list[Note] = []
        event.listen(session.sync_session, "after_flush", self._collect)

    def _collect(self, session: Session, _: UOWTransaction) -> None:
        self.created += _notes(session.new)
        self.changed += _notes(filter(session.is_modified, session.dirty))
        self.deleted += _notes(session.deleted)
