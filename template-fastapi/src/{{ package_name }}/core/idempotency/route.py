"""A route whose POST remembers its answer, in the transaction that does what it says."""

from collections.abc import Callable
from collections.abc import Coroutine
from typing import Any

from fastapi import Depends
from fastapi import Request
from fastapi import Response
from fastapi.routing import APIRoute

from ..problems import problems
from .keys import AnsweredBefore
from .keys import claim_key

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class IdempotentRoute(APIRoute):
    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 (FastAPI's own)
        if "POST" in (options.get("methods") or ()):
            options["dependencies"] = [*(options.get("dependencies") or ()), Depends(claim_key)]
            options["responses"] = (options.get("responses") or {}) | problems(409)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handle_once(request: Request) -> Response:
            try:
                response = await handle(request)
            except AnsweredBefore as before:
                return before.answer
            # The session has not committed yet: what was done, and what is said of it, go together.
            if record := getattr(request.state, "idempotency_record", None):
                await record.keep(response)
            return response

        return handle_once
