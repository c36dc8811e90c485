"""What is sent to the API is JSON, and says so."""

from flask import request
from werkzeug.exceptions import BadRequest
from werkzeug.exceptions import UnsupportedMediaType

SENDING = frozenset({"PATCH", "POST", "PUT"})


def require_json() -> None:
    """Refuse anything else before a view begins.

    That also keeps other sites out, without a token: before a browser sends JSON, PATCH or DELETE
    from one site to another it asks, and is told no.
    """
    if not request.endpoint or not request.path.startswith("/api/"):
        return
    if request.method in SENDING and not request.is_json:
        raise UnsupportedMediaType("Send JSON, as application/json.")
    try:
        request.get_json(silent=request.method not in SENDING)
    except RecursionError:
        raise BadRequest("The JSON is nested too deeply.") from None
