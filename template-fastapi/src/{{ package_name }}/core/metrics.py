"""Metrics for Prometheus at `/metrics`: request durations by route, method and status.

Metrics that you define with `prometheus_client` appear there too.
"""

from fastapi import FastAPI
from prometheus_client import Histogram
from prometheus_fastapi_instrumentator import Instrumentator
from prometheus_fastapi_instrumentator.metrics import latency

from .middleware import PROBES

PATH = "/metrics"
# In seconds. Created once per process, since a metric can be registered only once.
DURATION = latency(buckets=Histogram.DEFAULT_BUCKETS)


def expose(app: FastAPI) -> None:
    """Measure the requests to all routes that were added before, and serve the metrics."""
    unseen = [f"^{path}$" for path in (PATH, *PROBES)]
    instrumentator = Instrumentator(excluded_handlers=unseen, should_group_status_codes=False)
    instrumentator.add(DURATION).instrument(app).expose(app, endpoint=PATH, include_in_schema=False)
