"""A blocking client."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any
from typing import Self
from uuid import UUID

import httpx2

from .notes import NoteCreate
from .notes import NoteRead
from .notes import NoteUpdate
from .pages import Page
from .problems import raise_problem
from .transport import Headers
from .transport import HeadersOfTheMoment
from .transport import Retrying


class Client:
    """Use it in `with`. Raises ProblemError for error responses.

    `headers` is called before each request: `lambda: {"Authorization": f"Bearer {token()}"}`.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Headers = dict,
        timeout: float = 5.0,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._http = httpx2.Client(
            base_url=base_url,
            auth=HeadersOfTheMoment(headers),
            timeout=timeout,
            transport=Retrying(transport or httpx2.HTTPTransport()),
        )

    def create_note(self, new: NoteCreate) -> NoteRead:
        sent = new.model_dump(mode="json")
        return NoteRead.model_validate_json(self._send("POST", "/notes", json=sent))

    def list_notes(self, *, limit: int = 50, after: UUID | None = None) -> Page[NoteRead]:
        """Return one page; `iterate_notes` goes through all pages."""
        query = {"limit": limit} | ({"after": str(after)} if after else {})
        return Page[NoteRead].model_validate_json(self._send("GET", "/notes", params=query))

    def iterate_notes(self, *, limit: int = 50) -> Iterator[NoteRead]:
        page = self.list_notes(limit=limit)
        yield from page.items
        while page.next:
            page = self.list_notes(limit=limit, after=page.next)
            yield from page.items

    def get_note(self, note_id: UUID) -> NoteRead:
        return NoteRead.model_validate_json(self._send("GET", f"/notes/{note_id}"))

    def update_note(self, note_id: UUID, changes: NoteUpdate) -> NoteRead:
        sent = changes.model_dump(mode="json")
        kept = self._send("PATCH", f"/notes/{note_id}", json=sent)
        return NoteRead.model_validate_json(kept)

    def delete_note(self, note_id: UUID) -> None:
        self._send("DELETE", f"/notes/{note_id}")

    def _send(self, method: str, path: str, **content: Any) -> bytes:  # noqa: ANN401
        response = self._http.request(method, path, **content)
        raise_problem(response)
        return response.content

    def __enter__(self) -> Self:
        self._http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._http.__exit__(kind, error, traceback)
