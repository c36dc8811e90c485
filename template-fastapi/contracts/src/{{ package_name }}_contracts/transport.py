"""Sending of requests: calls `headers` before each one, and retries where that is safe."""

import asyncio
import random
import time
from collections.abc import Callable
from collections.abc import Generator
from collections.abc import Mapping

import httpx2

ATTEMPTS = 3
LONGEST_PAUSE = 5.0
# Safe to retry. Other requests may have been processed although the response was lost.
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
BUSY = frozenset({429, 502, 503, 504})
# Nothing was sent, so any request may be retried.
UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)

Headers = Callable[[], Mapping[str, str]]


class HeadersOfTheMoment(httpx2.Auth):
    """Add the headers of the caller, which may contain a refreshed token."""

    def __init__(self, headers: Headers) -> None:
        self.headers = headers

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        request.headers.update(self.headers())
        yield request


def may_resend(request: httpx2.Request, error: httpx2.TransportError) -> bool:
    return request.method in SAFE or isinstance(error, UNSENT)


def must_wait(request: httpx2.Request, response: httpx2.Response) -> bool:
    return request.method in SAFE and response.status_code in BUSY


def pause(attempt: int, response: httpx2.Response | None = None) -> float:
    """The delay in Retry-After, or else exponential backoff with jitter."""
    asked = response.headers.get("retry-after", "") if response else ""
    longest = float(asked) if asked.isdecimal() else random.uniform(0, 0.1 * 2**attempt)  # noqa: S311
    return min(longest, LONGEST_PAUSE)


class Retrying(httpx2.BaseTransport):
    def __init__(self, transport: httpx2.BaseTransport) -> None:
        self.transport = transport

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        for attempt in range(1, ATTEMPTS):
            try:
                response = self.transport.handle_request(request)
            except httpx2.TransportError as error:
                if not may_resend(request, error):
                    raise
                time.sleep(pause(attempt))
            else:
                if not must_wait(request, response):
                    return response
                response.close()
                time.sleep(pause(attempt, response))
        return self.transport.handle_request(request)

    def close(self) -> None:
        self.transport.close()


class AsyncRetrying(httpx2.AsyncBaseTransport):
    def __init__(self, transport: httpx2.AsyncBaseTransport) -> None:
        self.transport = transport

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        for attempt in range(1, ATTEMPTS):
            try:
                response = await self.transport.handle_async_request(request)
            except httpx2.TransportError as error:
                if not may_resend(request, error):
                    raise
                await asyncio.sleep(pause(attempt))
            else:
                if not must_wait(request, response):
                    return response
                await response.aclose()
                await asyncio.sleep(pause(attempt, response))
        return await self.transport.handle_async_request(request)

    async def aclose(self) -> None:
        await self.transport.aclose()
