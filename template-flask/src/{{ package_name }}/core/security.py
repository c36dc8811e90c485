"""Security: the secret key, cookies, CSRF tokens, request limits and response headers."""

from secrets import token_urlsafe
from typing import Literal

from flask import Flask
from flask import Response
from flask import request
from flask.helpers import get_debug_flag
from flask_wtf.csrf import CSRFProtect
from pydantic import Field
from werkzeug.exceptions import LengthRequired
from werkzeug.middleware.proxy_fix import ProxyFix

from . import settings

HEADERS = {
    "Cache-Control": "no-store",  # pages are personal; static files set their own
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not `no-referrer`: over HTTPS the CSRF check needs the referrer.
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",  # browsers ignore it over plain HTTP
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SHORTEST_SECRET = 16

csrf = CSRFProtect()


class Settings(settings.Settings):
    max_content_length: int = Field(default=1024 * 1024, gt=0)
    max_form_memory_size: int = Field(default=1024 * 1024, gt=0)
    max_form_parts: int = Field(default=100, gt=0)
    proxy_hops: int = Field(default=0, ge=0)
    secret_key: str = Field(default="", repr=False)
    session_cookie_samesite: Literal["Lax", "Strict"] = "Lax"
    session_cookie_secure: bool = Field(default_factory=lambda: not get_debug_flag())
    wtf_csrf_time_limit: int = Field(default=24 * 60 * 60, gt=0)


def init_app(app: Flask) -> None:
    """Add CSRF protection, limits and headers."""
    settings.load(app, Settings)
    _require_secret(app)
    csrf.init_app(app)
    app.before_request(require_length)
    app.after_request(add_headers)
    if hops := app.config["PROXY_HOPS"]:  # trust X-Forwarded-* of this many proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]


def require_length() -> None:
    """Answer 411 without Content-Length: Werkzeug would truncate the body and accept the rest."""
    if "Transfer-Encoding" in request.headers:
        raise LengthRequired


def add_headers(response: Response) -> Response:
    """Add the headers that the view did not set itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _require_secret(app: Flask) -> None:
    key = app.config["SECRET_KEY"]
    what = f"Set SECRET_KEY to a random string of at least {SHORTEST_SECRET} characters."
    if not key:
        settings.require(app, what)
        app.config["SECRET_KEY"] = token_urlsafe()  # until a restart
    elif len(key) < SHORTEST_SECRET:
        raise RuntimeError(what)
