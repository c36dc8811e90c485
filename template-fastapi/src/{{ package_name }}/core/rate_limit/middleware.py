"""Middleware that limits the requests of each client in a time window (429).

Responses carry `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
"""

from dataclasses import dataclass

from pydantic import Field
from starlette import types
from starlette.datastructures import MutableHeaders

from ..middleware import PROBES
from ..problems import problem
from ..settings import Environment
from .clients import shares
from .counter import Counter


class Settings(Environment):
    rate_limit_requests: int = Field(default=600, gt=0)
    rate_limit_seconds: int = Field(default=60, gt=0)


@dataclass
class Share:
    """The requests that a client has left, and the seconds until the window ends."""

    left: int
    seconds: int


class RateLimit:
    def __init__(self, app: types.ASGIApp) -> None:
        self.app = app
        self.settings = Settings()
        self.counter = Counter(self.settings.rate_limit_seconds)

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        if scope["type"] != "http" or _is_free(scope["path"]):
            return await self.app(scope, receive, send)

        share = await self._take(scope)
        send = self._add_headers(send, share)
        if share and share.left < 0:
            refusal = problem(429, "Too many requests. Try again later.")
            refusal.headers["Retry-After"] = str(share.seconds)
            return await refusal(scope, receive, send)
        return await self.app(scope, receive, send)

    async def _take(self, scope: types.Scope) -> Share | None:
        """Count the request, and return the counter with the fewest requests left."""
        wanted = shares(scope)
        counted = await self.counter.add(list(wanted), scope.get("state", {}))
        left = [
            Share(self.settings.rate_limit_requests * times - used, seconds)
            for times, (used, seconds) in zip(wanted.values(), counted, strict=False)
        ]
        return min(left, key=lambda share: share.left, default=None)

    def _add_headers(self, send: types.Send, share: Share | None) -> types.Send:
        settings = self.settings
        policy = f'"client";q={settings.rate_limit_requests};w={settings.rate_limit_seconds}'

        async def send_with_fields(message: types.Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"] = policy
                if share:
                    headers["RateLimit"] = f'"client";r={max(share.left, 0)};t={share.seconds}'
            await send(message)

        return send_with_fields


def _is_free(path: str) -> bool:
    return path in PROBES or path.startswith("/static/")
