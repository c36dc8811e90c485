"""Who hears of what: everybody of everything."""

from ..notes.models import Note

EVERYBODY = "everybody"


def of_visitor() -> str | None:
    """Where whoever asks may listen."""
    return EVERYBODY


def of_note(_: Note) -> str:
    """Where a change of the note is told."""
    return EVERYBODY
