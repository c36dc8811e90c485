"""Export of log records, with the trace id of the request."""

import logging
import time

from opentelemetry import _logs
from opentelemetry import trace
from structlog.typing import EventDict
from structlog.typing import WrappedLogger

LEVELS = {
    logging.DEBUG: _logs.SeverityNumber.DEBUG,
    logging.INFO: _logs.SeverityNumber.INFO,
    logging.WARNING: _logs.SeverityNumber.WARN,
    logging.ERROR: _logs.SeverityNumber.ERROR,
    logging.CRITICAL: _logs.SeverityNumber.FATAL,
}


class ExportLogs(logging.Handler):
    """Export log records, except those of OpenTelemetry itself."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("opentelemetry"):
            return
        event = record.msg if isinstance(record.msg, dict) else {"event": record.getMessage()}
        attributes = {k: v for k, v in event.items() if isinstance(v, (str, int, float))}
        _logs.get_logger(record.name).emit(
            timestamp=int(record.created * 1e9),
            severity_number=LEVELS.get(record.levelno, _logs.SeverityNumber.INFO),
            severity_text=record.levelname,
            body=str(attributes.pop("event", "")),
            attributes=attributes,
        )


class Sparingly(logging.Filter):
    """Log errors of an unavailable collector once a minute at most."""

    quiet_until = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("opentelemetry"):
            return True
        if time.monotonic() < self.quiet_until:
            return False
        self.quiet_until = time.monotonic() + 60
        return True


def add_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if (context := trace.get_current_span().get_span_context()).is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
    return event
