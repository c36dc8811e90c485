"""The page of metrics, read with Prometheus's own parser."""

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families


def counted(page: str) -> dict[tuple[str, str, str], float]:
    """Count requests by handler, method and status."""
    return {
        (sample.labels["handler"], sample.labels["method"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == "http_request_duration_seconds_count"
    }


def added(client: TestClient, path: str) -> dict[tuple[str, str, str], float]:
    """Return what one request adds: other tests are counted in the same process."""
    before = counted(client.get("/metrics").text)
    client.get(path)
    after = counted(client.get("/metrics").text)
    return {key: n - before.get(key, 0) for key, n in after.items() if n != before.get(key)}


def test_counts_requests(client: TestClient) -> None:
    assert added(client, "/docs") == {("/docs", "GET", "200"): 1}


def test_unknown_paths_share_one_label(client: TestClient) -> None:
    assert added(client, "/made-up?token=hunter2") == {("none", "GET", "404"): 1}


def test_leaves_out_probes_and_itself(client: TestClient) -> None:
    assert added(client, "/livez") == added(client, "/metrics") == {}


def test_is_not_in_the_openapi_document(client: TestClient) -> None:
    assert "/metrics" not in client.get("/openapi.json").json()["paths"]
