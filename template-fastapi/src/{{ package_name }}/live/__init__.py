"""Live updates over WebSockets: clients are notified of each change of a note.

A client that reads too slowly is disconnected, so that it never delays others; it reconnects and
reads the notes again.
"""

from .dependencies import LiveUpdatesDep as LiveUpdatesDep
from .messages import Event as Event
from .messages import NoteChanged as NoteChanged
from .messages import NoteCreated as NoteCreated
from .messages import NoteDeleted as NoteDeleted
from .router import router as router
