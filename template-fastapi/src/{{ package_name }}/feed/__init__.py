"""A live feed of notes over WebSockets: who is slow is dropped, and nobody misses anything."""

from .feed import FeedDep as FeedDep
from .messages import News as News
from .messages import NoteChanged as NoteChanged
from .messages import NoteCreated as NoteCreated
from .messages import NoteDeleted as NoteDeleted
from .router import router as router
