"""A route class that stores the response of a POST in the same transaction as its effects."""

from collections.abc import Callable
from collections.abc import Coroutine
from typing import Any

from fastapi import Depends
from fastapi import Request
from fastapi import Response
from fastapi.routing import APIRoute

from ..problems import problems
from .keys import AlreadyAnswered
from .keys import claim_key

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class IdempotentRoute(APIRoute):
    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 (as FastAPI declares them)
        if "POST" in (options.get("methods") or ()):
            options["dependencies"] = [*(options.get("dependencies") or ()), Depends(claim_key)]
            options["responses"] = (options.get("responses") or {}) | problems(409)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handle_once(request: Request) -> Response:
            try:
                response = await handle(request)
            except AlreadyAnswered as before:
                return before.answer
            # Before the commit of the session: effects and response are committed together.
            if record := getattr(request.state, "idempotency_record", None):
                await record.keep(response)
            return response

        return handle_once
