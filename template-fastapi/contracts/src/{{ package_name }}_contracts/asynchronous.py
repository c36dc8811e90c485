"""An async client."""

from collections.abc import AsyncIterator
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
from .transport import AsyncRetrying
from .transport import Headers
from .transport import HeadersOfTheMoment


class AsyncClient:
    """Use it in `async with`. Raises ProblemError for error responses.

    `headers` is called before each request: `lambda: {"Authorization": f"Bearer {token()}"}`.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Headers = dict,
        timeout: float = 5.0,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx2.AsyncClient(
            base_url=base_url,
            auth=HeadersOfTheMoment(headers),
            timeout=timeout,
            transport=AsyncRetrying(transport or httpx2.AsyncHTTPTransport()),
        )

    async def create_note(self, new: NoteCreate) -> NoteRead:
        sent = new.model_dump(mode="json")
        return NoteRead.model_validate_json(await self._send("POST", "/notes", json=sent))

    async def list_notes(self, *, limit: int = 50, after: UUID | None = None) -> Page[NoteRead]:
        """Return one page; `iterate_notes` goes through all pages."""
        query = {"limit": limit} | ({"after": str(after)} if after else {})
        return Page[NoteRead].model_validate_json(await self._send("GET", "/notes", params=query))

    async def iterate_notes(self, *, limit: int = 50) -> AsyncIterator[NoteRead]:
        page = await self.list_notes(limit=limit)
        for note in page.items:
            yield note
        while page.next:
            page = await self.list_notes(limit=limit, after=page.next)
            for note in page.items:
                yield note

    async def get_note(self, note_id: UUID) -> NoteRead:
        return NoteRead.model_validate_json(await self._send("GET", f"/notes/{note_id}"))

    async def update_note(self, note_id: UUID, changes: NoteUpdate) -> NoteRead:
        sent = changes.model_dump(mode="json")
        kept = await self._send("PATCH", f"/notes/{note_id}", json=sent)
        return NoteRead.model_validate_json(kept)

    async def delete_note(self, note_id: UUID) -> None:
        await self._send("DELETE", f"/notes/{note_id}")

    async def _send(self, method: str, path: str, **content: Any) -> bytes:  # noqa: ANN401
        response = await self._http.request(method, path, **content)
        raise_problem(response)
        return response.content

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(kind, error, traceback)
