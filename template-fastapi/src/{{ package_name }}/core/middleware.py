"""ASGI middleware: request log, security headers and a limit on the size of bodies."""

import time
from urllib.parse import quote
from uuid import uuid4

import structlog
from starlette import types
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from .problems import problem

PROBES = frozenset({"/livez", "/readyz"})

# For an API, whose responses no browser renders: forbid loading, framing, sniffing and caching.
# ASGI headers are bytes in lower case.
SECURITY_HEADERS = {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"strict-transport-security": b"max-age=31536000",
    b"x-content-type-options": b"nosniff",
}
# Responses with an ETag may be cached and revalidated; all others must not be stored.
CACHE_HEADERS = {False: {b"cache-control": b"no-store"}, True: {b"cache-control": b"no-cache"}}

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class RequestLog:
    """Log each request once, and bind a request id to everything that is logged meanwhile."""

    def __init__(self, app: types.ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            return await self.app(scope, receive, send)

        request_id = uuid4().hex
        structlog.contextvars.clear_contextvars()
        # Not unbound at the end, so that the server's log of an unhandled error carries it too.
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answer = {"status": 500}
        start = time.perf_counter()
        try:
            await self.app(scope, receive, _watched(send, answer, request_id))
        finally:
            duration_ms = round((time.perf_counter() - start) * 1000, 1)
            log.info("request", **_facts(scope), **answer, duration_ms=duration_ms)


def _watched(send: types.Send, answer: dict[str, int], request_id: str) -> types.Send:
    async def send_with_id(message: types.Message) -> None:
        if message["type"] == "http.response.start":
            answer["status"] = message["status"]
            message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
        await send(message)

    return send_with_id


def _facts(scope: types.Scope) -> dict[str, str | None]:
    """Select what is logged: no query string, headers or body, which may hold secrets."""
    route = getattr(scope.get("route"), "path", None)
    return {"method": scope["method"], "path": quote(scope["path"]), "route": route}


class SecurityHeaders:
    """Add security headers to every response; headers that it already has are kept."""

    def __init__(self, app: types.ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        async def send_with_headers(message: types.Message) -> None:
            if message["type"] == "http.response.start":
                own = dict(message["headers"])
                ours = SECURITY_HEADERS | CACHE_HEADERS[b"etag" in own]
                added = [(name, ours[name]) for name in ours if name not in own]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class BodyLimit(RequestBodyLimitMiddleware):
    """Answer 413 if Content-Length is too large. Starlette limits bodies without that header."""

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        if scope["type"] == "http":
            announced = dict(scope["headers"]).get(b"content-length", b"")
            if announced.isdigit() and int(announced) > self.max_body_size:
                return await problem(413)(scope, receive, send)
        return await super().__call__(scope, receive, send)
