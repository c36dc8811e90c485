"""Structured logs: one line per event, readable on a terminal and JSON in production."""

import logging
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict
from structlog.typing import Processor
from structlog.typing import WrappedLogger

from .settings import Environment


class Settings(Environment):
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def _tidy(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop uvicorn's colored copy of a message, and the traceback of a SystemExit at start-up."""
    event.pop("color_message", None)
    event["event"] = str(event["event"]).rpartition("\nSystemExit: ")[2].rstrip()
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _tidy,
]


def configure() -> None:
    """Route all logs through structlog, including those of uvicorn and SQLAlchemy."""
    settings = Settings()
    to_formatter = structlog.stdlib.ProcessorFormatter.wrap_for_formatter
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, to_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(settings.log_format))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    _take_over_uvicorn(settings.log_level)


def _formatter(style: str) -> logging.Formatter:
    tidy = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED, processors=[tidy, *_last_steps(style)]
    )


def _last_steps(style: str) -> list[Processor]:
    if style == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # Rich tracebacks would show local variables, which may hold secrets.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def _take_over_uvicorn(level: str) -> None:
    """Replace the handlers that uvicorn set up before it imported the service."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.setLevel(level)
        logger.propagate = True
    # The request log replaces it, and adds the route, the duration and the request id.
    logging.getLogger("uvicorn.access").propagate = False
