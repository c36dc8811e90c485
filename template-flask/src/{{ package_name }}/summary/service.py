"""Statistics of notes. The service gets its dependencies in `__init__`, and does not use Flask."""

from datetime import UTC
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy.orm import Session

from ..notes.models import Note

WORDS_A_MINUTE = 200


class Clock:
    """The current time; tests inject a clock that stands still."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Summary(NamedTuple):
    """The numbers of the page; `days` is None without notes."""

    notes: int
    words: int
    minutes: int
    days: int | None


class Notebook:
    """The notes that the query `notes` selects."""

    def __init__(self, session: Session, clock: Clock, notes: Select[Note]) -> None:
        self.session = session
        self.clock = clock
        self.notes = notes

    def summary(self) -> Summary:
        """Count notes and words; the reading time is rounded up to minutes."""
        texts = self.notes.with_only_columns(Note.title + " " + Note.body)
        counts = [len(text.split()) for text in self.session.scalars(texts)]
        minutes = -(-sum(counts) // WORDS_A_MINUTE)
        return Summary(len(counts), sum(counts), minutes, self._days_since_the_last_change())

    def _days_since_the_last_change(self) -> int | None:
        latest = self.notes.with_only_columns(func.max(Note.updated_at))
        changed = self.session.scalar(latest)
        return None if changed is None else (self.clock.now() - changed).days
