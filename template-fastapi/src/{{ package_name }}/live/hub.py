"""The clients that are connected to this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from .clients import SERVICE_RESTART
from .clients import Client
from .messages import Event
from .messages import Ready


class Hub:
    """Delivers events to the connected clients.

    It is closed at first, and while events from other processes may be missed: clients that
    connect to a closed hub are disconnected, and reconnect later.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds  # the longest that a client stays connected
        self.clients: set[Client] = set()
        self._open = False

    def open(self) -> None:
        """Accept clients: from now on every event arrives in this process."""
        self._open = True

    def close(self) -> bool:
        """Disconnect all clients, so that they reconnect and read the notes again.

        Return whether the hub was open.
        """
        was_open, self._open = self._open, False
        for client in self.clients:
            client.disconnect(SERVICE_RESTART)
        return was_open

    def deliver(self, data: str | bytes) -> None:
        """Send the message of an `Event`, given as JSON, to the clients of its owner."""
        event = Event.model_validate_json(data)
        for client in self.clients:
            if client.owner_id == event.owner_id:
                client.send(event.message)

    @contextmanager
    def client(self, owner_id: UUID | None) -> Iterator[Client]:
        client = Client(owner_id)
        self.clients.add(client)
        if self._open:
            client.send(Ready())
        else:
            client.disconnect(SERVICE_RESTART)
        try:
            yield client
        finally:
            self.clients.discard(client)
