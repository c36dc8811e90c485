"""Liveness and readiness probes for load balancers and orchestrators."""

from collections.abc import Callable

from flask import Blueprint
from flask import Flask
from flask import current_app
from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Add the endpoints; features add checks to `app.extensions["health"]`."""
    checks: dict[str, Callable[[], bool]] = {}
    app.extensions["health"] = checks
    app.register_blueprint(bp)


@bp.get("/livez")
def live() -> ResponseReturnValue:
    """Always answer 200: a restart would not help while a dependency is down."""
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Answer 503 with the names of failed checks while a dependency is down."""
    failed = [name for name, check in current_app.extensions["health"].items() if not check()]
    if failed:
        return {"status": "unavailable", "failed": failed}, 503
    return {"status": "ok"}
