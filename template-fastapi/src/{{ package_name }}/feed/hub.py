"""All clients of this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from .clients import COME_BACK
from .clients import Client
from .messages import FeedReady
from .messages import News


class Hub:
    def __init__(self, seconds: int) -> None:
        self.seconds = seconds  # for which a client may stay
        self.clients: set[Client] = set()
        self._open = False

    def open(self) -> None:
        """From here on every message arrives in this process."""
        self._open = True

    def close(self) -> bool:
        """Messages may be missed: send everybody away, to come back and read the notes anew."""
        was_open, self._open = self._open, False
        for client in self.clients:
            client.dismiss(COME_BACK)
        return was_open

    def deliver(self, data: str | bytes) -> None:
        news = News.model_validate_json(data)
        for client in self.clients:
            if client.owner_id == news.owner_id:
                client.tell(news.message)

    @contextmanager
    def client(self, owner_id: UUID | None) -> Iterator[Client]:
        client = Client(owner_id)
        self.clients.add(client)
        if self._open:
            client.tell(FeedReady())
        else:
            client.dismiss(COME_BACK)
        try:
            yield client
        finally:
            self.clients.discard(client)
