"""Tells load balancers and orchestrators whether the app lives and whether it can serve."""

from collections.abc import Callable

from flask import Blueprint
from flask import Flask
from flask import current_app
from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Start with no checks: a feature that needs something puts in whether that is up."""
    checks: dict[str, Callable[[], bool]] = {}
    app.extensions["health"] = checks
    app.register_blueprint(bp)


@bp.get("/livez")
def live() -> ResponseReturnValue:
    """Answer while the process runs, whatever else is down: a restart would not help."""
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Answer 503 while something that requests need is down."""
    failed = [name for name, check in current_app.extensions["health"].items() if not check()]
    if failed:
        return {"status": "unavailable", "failed": failed}, 503
    return {"status": "ok"}
