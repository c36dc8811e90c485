"""A bound on how often somebody may ask: `@limiter.limit("5 per minute")` beside a route."""

from math import ceil
from time import time

from flask import Flask
from flask import Response
from flask import request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter import RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits.errors import StorageError

from .. import errors
from .counter import storage

limiter = Limiter(
    get_remote_address,
    in_memory_fallback_enabled=True,
    request_identifier=lambda: request.endpoint or "nowhere",  # what is not found counts too
)


def init_app(app: Flask) -> None:
    """Count, and say what is left."""
    app.config.update(storage(app))
    limiter.init_app(app)
    app.after_request(tell)
    app.register_error_handler(RateLimitExceeded, refuse)


def tell(response: Response) -> Response:
    """Add the fields of draft-ietf-httpapi-ratelimit-headers."""
    if not (limit := limiter.current_limit):
        return response
    policy = f'"client";q={limit.limit.amount};w={limit.limit.get_expiry()}'
    response.headers["RateLimit-Policy"] = policy
    try:
        left, seconds = limit.remaining, max(1, ceil(limit.window.reset_time - time()))
    except StorageError:  # it went away since it counted
        return response
    response.headers["RateLimit"] = f'"client";r={left};t={seconds}'
    if limit.breached:
        response.headers["Retry-After"] = str(seconds)
    return response


def refuse(error: RateLimitExceeded) -> ResponseReturnValue:
    """Say it in words; the limit itself stands in the headers."""
    error.description = "Too many requests: wait a little."
    return errors.show(error)
