"""What Prometheus scrapes at `/metrics`: how long requests took, by route, method and status.

Counts of your own, made with `prometheus_client`, appear there too.
"""

from fastapi import FastAPI
from prometheus_client import Histogram
from prometheus_fastapi_instrumentator import Instrumentator
from prometheus_fastapi_instrumentator.metrics import latency

from .middleware import PROBES

PATH = "/metrics"
# Seconds, and one for the process: a name can be registered only once.
DURATION = latency(buckets=Histogram.DEFAULT_BUCKETS)


def expose(app: FastAPI) -> None:
    """Count what all that was added before answers."""
    unseen = [f"^{path}$" for path in (PATH, *PROBES)]
    instrumentator = Instrumentator(excluded_handlers=unseen, should_group_status_codes=False)
    instrumentator.add(DURATION).instrument(app).expose(app, endpoint=PATH, include_in_schema=False)
