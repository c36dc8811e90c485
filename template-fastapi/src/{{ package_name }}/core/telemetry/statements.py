"""A span for each SQL statement, with its text but without its parameters."""

from weakref import WeakKeyDictionary

from opentelemetry import trace
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import ExceptionContext
from sqlalchemy import event

# opentelemetry-instrumentation-sqlalchemy 0.66 does not support SQLAlchemy 2.1.
# Keyed by the execution context, which is the last but one argument of the events.
spans: WeakKeyDictionary[object, trace.Span] = WeakKeyDictionary()


@event.listens_for(Engine, "before_cursor_execute")
def start(connection: Connection, _: object, statement: str, *rest: object) -> None:
    attributes = {"db.system.name": connection.dialect.name, "db.query.text": statement}
    spans[rest[-2]] = trace.get_tracer(__name__).start_span(
        statement.partition(" ")[0], kind=trace.SpanKind.CLIENT, attributes=attributes
    )


@event.listens_for(Engine, "after_cursor_execute")
def end(_: Connection, *rest: object) -> None:
    spans.pop(rest[-2]).end()


@event.listens_for(Engine, "handle_error")
def fail(error: ExceptionContext) -> None:
    context = error.execution_context  # None if the connection failed
    if context and (span := spans.pop(context, None)):
        span.set_status(trace.StatusCode.ERROR, type(error.original_exception).__name__)
        span.end()
