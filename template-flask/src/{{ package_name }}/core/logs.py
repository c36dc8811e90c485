"""Structured logs: one line per event, for a terminal or (`LOG_FORMAT=json`) as JSON."""

import logging
import re
import sys
import time
from typing import Literal
from urllib.parse import quote
from uuid import uuid4

import structlog
from flask import Flask
from flask import Response
from flask import g
from flask import request
from structlog.typing import Processor

from . import settings

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

QUIET = {"/livez", "/readyz"}
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class Settings(settings.Settings):
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def init_app(app: Flask) -> None:
    """Send all logs, those of libraries included, through structlog; gunicorn keeps its own."""
    settings.load(app, Settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    _install(_last_steps(app.config["LOG_FORMAT"]), app.config["LOG_LEVEL"])
    app.before_request(begin)
    app.after_request(finish)


def _last_steps(style: str) -> list[Processor]:
    tidy = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if style == "json":
        return [tidy, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # Rich tracebacks would show local variables, and those may be secrets.
    plain = structlog.dev.plain_traceback
    colors = sys.stderr.isatty()
    return [tidy, structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]


def _install(steps: list[Processor], level: str) -> None:
    handler = logging.StreamHandler()
    handler.name = __name__
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=SHARED, processors=steps)
    )
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if other.name != handler.name] + [handler]
    root.setLevel(level)
    # Werkzeug would log each request again, with its query string.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def begin() -> None:
    """Add a request id to all log lines of the request."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """Log the request: never its query string, its cookies or its body."""
    response.headers["X-Request-ID"] = g.request_id
    if request.path not in QUIET:
        log.info(
            "request",
            method=request.method,
            path=quote(request.path),
            status=response.status_code,
            duration_ms=round((time.perf_counter() - g.started) * 1000, 1),
        )
    return response
