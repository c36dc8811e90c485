"""Require JSON bodies in the API."""

from flask import request
from werkzeug.exceptions import BadRequest
from werkzeug.exceptions import UnsupportedMediaType

SENDING = frozenset({"PATCH", "POST", "PUT"})


def require_json() -> None:
    """Answer 415 unless the body is declared as JSON.

    This replaces CSRF tokens: browsers send JSON, PATCH and DELETE across sites only after a CORS
    preflight request, which is refused.
    """
    if not request.endpoint or not request.path.startswith("/api/"):
        return
    if request.method in SENDING and not request.is_json:
        raise UnsupportedMediaType("Send JSON, as application/json.")
    try:
        request.get_json(silent=request.method not in SENDING)
    except RecursionError:
        raise BadRequest("The JSON is nested too deeply.") from None
