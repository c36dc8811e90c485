"""What a real server exports to a real collector."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from subprocess import PIPE
from subprocess import STDOUT
from subprocess import Popen
from threading import Thread
from typing import Any
from typing import ClassVar

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

pytestmark = pytest.mark.slow


class Collector(BaseHTTPRequestHandler):
    spans: ClassVar[list[Any]] = []
    metrics: ClassVar[list[Any]] = []
    logs: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/traces":
            for one in ExportTraceServiceRequest.FromString(body).resource_spans:
                self.spans.extend(span for scope in one.scope_spans for span in scope.spans)
        elif self.path == "/v1/metrics":
            for each in ExportMetricsServiceRequest.FromString(body).resource_metrics:
                self.metrics.extend(m for scope in each.scope_metrics for m in scope.metrics)
        else:
            for every in ExportLogsServiceRequest.FromString(body).resource_logs:
                self.logs.extend(r for scope in every.scope_logs for r in scope.log_records)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(url: str) -> str:
    for _ in range(600):
        try:
            httpx2.get(f"{url}/livez", timeout=30)
        except httpx2.ConnectError:
            time.sleep(0.1)
        else:
            break
    return url


@contextmanager
def served(app: FastAPI, endpoint: str) -> Iterator[tuple[str, Popen[str]]]:
    """Start the service as in production, and stop it at the end."""
    package, port = type(app).__module__.partition(".")[0], free_port()
    command = [sys.executable, "-m", "uvicorn", f"{package}.main:app", "--port", str(port)]
    environment = os.environ | {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    with Popen(command, env=environment, stdout=PIPE, stderr=STDOUT, text=True) as server:  # noqa: S603 (our own)
        try:
            yield started(f"http://127.0.0.1:{port}"), server
        finally:
            server.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module")
def collector() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_exports_traces_metrics_and_logs(app: FastAPI, client: TestClient, collector: str) -> None:
    path = "/notes" if "/notes" in app.openapi()["paths"] else "/openapi.json"
    with served(app, collector) as (url, server):
        httpx2.get(f"{url}{path}?token=hunter2", headers=dict(client.headers), timeout=30)
        server.send_signal(signal.SIGTERM)
        printed, _ = server.communicate(timeout=30)

    (span,) = [span for span in Collector.spans if span.name == f"GET {path}"]
    (log,) = [log for log in Collector.logs if log.body.string_value == "request"]
    assert log.trace_id == span.trace_id
    assert span.trace_id.hex() in printed
    assert "http.server.request.duration" in {metric.name for metric in Collector.metrics}
    names = {each.name for each in Collector.spans if each.trace_id == span.trace_id}
    assert ("SELECT" in names) is (path == "/notes")
    assert not [each for each in Collector.spans if "livez" in each.name]
    assert "hunter2" not in str(Collector.spans) + str(Collector.logs)


def test_needs_no_collector(app: FastAPI) -> None:
    with served(app, f"http://127.0.0.1:{free_port()}") as (url, server):
        assert httpx2.get(f"{url}/openapi.json", timeout=30).status_code == 200
        time.sleep(3)  # until the first export has failed
        start = time.monotonic()
        server.send_signal(signal.SIGTERM)
        printed, _ = server.communicate(timeout=30)

    assert time.monotonic() - start < 10
    assert printed.count("opentelemetry.exporter") == 1, printed


def test_needs_no_configuration(client: TestClient) -> None:
    assert client.get("/openapi.json").status_code == 200
