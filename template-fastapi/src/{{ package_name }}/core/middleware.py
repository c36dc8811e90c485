"""What wraps every answer: a log line, security headers, and a bound on the request."""

import time
from urllib.parse import quote
from uuid import uuid4

import structlog
from starlette import types
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from .problems import problem

PROBES = frozenset({"/livez", "/readyz"})

# For an API that no browser renders: nothing may load, frame, sniff or remember its answers.
# Lower case and bytes, as ASGI sends them.
SECURITY_HEADERS = {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"strict-transport-security": b"max-age=31536000",
    b"x-content-type-options": b"nosniff",
}
# What has a validator may be kept, and asked about; nothing else may.
CACHE_HEADERS = {False: {b"cache-control": b"no-store"}, True: {b"cache-control": b"no-cache"}}

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class RequestLog:
    """Log each request once, and tie together all that is logged while it runs."""

    def __init__(self, app: types.ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            return await self.app(scope, receive, send)

        request_id = uuid4().hex
        structlog.contextvars.clear_contextvars()
        # Not unbound at the end: the server's own log of an error that escapes carries it too.
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
    """Leave out query, headers and body: they may hold secrets."""
    route = getattr(scope.get("route"), "path", None)
    return {"method": scope["method"], "path": quote(scope["path"]), "route": route}


class SecurityHeaders:
    """Set them on every answer; one that brings its own keeps it."""

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
    """Refuse a body announced as too large with a problem; Starlette counts the others."""

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        if scope["type"] == "http":
            announced = dict(scope["headers"]).get(b"content-length", b"")
            if announced.isdigit() and int(announced) > self.max_body_size:
                return await problem(413)(scope, receive, send)
        return await super().__call__(scope, receive, send)
