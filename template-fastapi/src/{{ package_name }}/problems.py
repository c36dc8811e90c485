"""Errors as problem details (RFC 9457, `application/problem+json`)."""

import json
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from starlette.exceptions import HTTPException

# Python 3.13 renamed these; the OpenAPI document must not depend on the Python version.
PHRASES = {status.value: status.phrase for status in HTTPStatus} | {
    413: "Content Too Large",
    422: "Unprocessable Content",
}


class InvalidField(BaseModel):
    """One thing that is wrong with the request."""

    location: list[str | int]
    message: str
    type: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[InvalidField] | None = None


class ProblemResponse(JSONResponse):
    """JSON in ASCII: a problem may name what no UTF-8 can carry, such as a lone surrogate."""

    media_type = "application/problem+json"

    def render(self, content: object) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode("ascii")


def problem(
    status: int, detail: str | None = None, errors: list[InvalidField] | None = None
) -> ProblemResponse:
    title = PHRASES.get(status, "Unknown")
    body = Problem(title=title, status=status, detail=detail, errors=errors)
    return ProblemResponse(body.model_dump(exclude_none=True), status)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the errors of a path operation: `responses=problems(404, 409)`."""
    return {s: {"model": Problem, "description": PHRASES[s]} for s in statuses}


async def _http_error(request: Request, error: HTTPException) -> ProblemResponse:
    detail = None if error.detail == PHRASES.get(error.status_code) else error.detail
    response = problem(error.status_code, detail)
    response.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = _allowed_methods(request)
    return response


def _allowed_methods(request: Request) -> str:
    """Name the methods of all routes at a path; Starlette names those of the first."""
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.path_regex.match(path):
            methods |= route.methods or {"GET", "HEAD"}
    return ", ".join(sorted(methods))


async def _invalid_request(_: Request, error: RequestValidationError) -> ProblemResponse:
    # Never echo the input: it may be a secret, and it may not be serialisable.
    errors = [
        InvalidField(location=e["loc"], message=e["msg"], type=e["type"]) for e in error.errors()
    ]
    return problem(422, "The request is not valid.", errors)


async def _unexpected_error(_: Request, __: Exception) -> ProblemResponse:
    return problem(500)


HANDLERS: dict[int | type[Exception], Any] = {
    HTTPException: _http_error,
    RequestValidationError: _invalid_request,
    Exception: _unexpected_error,
}
