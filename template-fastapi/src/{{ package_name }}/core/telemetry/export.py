"""Export of traces, metrics and logs by OTLP (http/protobuf), configured by `OTEL_*` variables.

FastAPI records the spans and metrics of requests, and exports them if an endpoint is set.
"""

import logging
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from fastapi import APIRouter
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import Span
from opentelemetry.sdk.trace import SpanProcessor
from opentelemetry.sdk.trace import TracerProvider
from starlette.types import Scope

from ..middleware import PROBES
from .logs import ExportLogs
from .logs import Sparingly
from .logs import add_trace

# The timeout of an export in seconds: an unavailable collector must not delay the shutdown.
os.environ.setdefault("OTEL_EXPORTER_OTLP_TIMEOUT", "2")


def _is_probe(scope: Scope) -> bool:
    return scope["path"] in PROBES


CONFIG: TelemetryConfig = {"auto_configure": True, "exclude": _is_probe}


class HideQueries(SpanProcessor):
    """Redact query strings, which may hold secrets; FastAPI redacts only some known parameters."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        del parent_context
        if "url.query" in (span.attributes or {}):
            span.set_attribute("url.query", "REDACTED")


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        provider.add_span_processor(HideQueries())
    structlog.get_config()["processors"].insert(0, add_trace)
    root, handler, sparingly = logging.getLogger(), ExportLogs(), Sparingly()
    for each in root.handlers:
        each.addFilter(sparingly)
    root.addHandler(handler)
    yield
    root.removeHandler(handler)


router = APIRouter(lifespan=lifespan)
