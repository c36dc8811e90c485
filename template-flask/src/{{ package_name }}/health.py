"""Tells load balancers and orchestrators whether the app lives and whether it can serve."""

from collections.abc import Callable

from flask import Blueprint
from flask import Flask
from flask import current_app
from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Start with no checks; features that need something else add theirs."""
    app.extensions["health"] = {}
    app.register_blueprint(bp)


def add_check(app: Flask, name: str, check: Callable[[], bool]) -> None:
    """Count the app as ready only while `check` returns true."""
    app.extensions["health"][name] = check


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
