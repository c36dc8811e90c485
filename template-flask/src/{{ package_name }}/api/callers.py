"""Who asks the API: whoever is signed in, as their session's cookie says."""

from typing import Any

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from ..auth import current_user

PUBLIC = frozenset({"/api/docs", "/api/openapi.json"})
SCHEME: dict[str, Any] = {"type": "apiKey", "in": "cookie", "name": "session"}


def require_user() -> None:
    """Refuse strangers; programs do not follow a redirect to a page."""
    asks = request.endpoint and request.path.startswith("/api/") and request.method != "OPTIONS"
    if asks and request.path not in PUBLIC and not current_user.is_authenticated:
        raise Unauthorized("Sign in first.", www_authenticate=WWWAuthenticate("cookie"))
