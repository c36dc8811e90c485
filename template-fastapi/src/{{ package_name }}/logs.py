"""Structured logs: one line per event, readable on a terminal and JSON in production."""

import logging.config
from typing import Literal

import structlog
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict
from structlog.typing import EventDict
from structlog.typing import Processor
from structlog.typing import WrappedLogger


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="LOG_", env_ignore_empty=True, frozen=True)

    format: Literal["console", "json"] = "console"
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def _tidy(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop uvicorn's second copy of a message, and the traceback of a refusal to start."""
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

RENDERERS: dict[str, list[Processor]] = {
    "console": [structlog.dev.ConsoleRenderer()],
    "json": [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()],
}


def configure() -> None:
    """Send everything, uvicorn's and SQLAlchemy's logs included, through structlog."""
    settings = Settings()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_standard_library(settings))


def _standard_library(settings: Settings) -> dict[str, object]:
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [remove_meta, *RENDERERS[settings.format]],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structlog": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structlog"}},
        "root": {"handlers": ["stderr"], "level": settings.level},
        # Uvicorn has set up its own before it imports the service.
        "loggers": {
            "uvicorn": {"handlers": [], "level": settings.level, "propagate": True},
            "uvicorn.error": {"level": settings.level},
            # The request log knows more: the route, the duration and the request id.
            "uvicorn.access": {"handlers": [], "propagate": False},
        },
    }
