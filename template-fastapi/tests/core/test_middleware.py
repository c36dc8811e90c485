import logging
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi import Request
from fastapi.testclient import TestClient


def break_down(body: bytes) -> None:
    raise RuntimeError(len(body))


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    @app.get("/fails/{item}")
    async def fail(request: Request) -> None:
        body = await request.body()
        try:
            break_down(body)
        except RuntimeError:
            logging.getLogger(__name__).exception("Failed.")
            raise

    return app


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/openapi.json", 200),
        ("GET", "/docs", 200),
        ("GET", "/static/vendor/swagger-ui.css", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/fails/now", 500),
    ],
)
def test_every_response_has_security_headers(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)

    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["strict-transport-security"].startswith("max-age=")
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert response.headers["cache-control"] in {"no-store", "no-cache"}
    policy = response.headers["content-security-policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))


@pytest.mark.parametrize("path", ["/openapi.json", "/nowhere", "/fails/now"])
@pytest.mark.parametrize("origins", ["", "https://b.example https://app.example"])
def test_only_allowed_origins_may_read_responses(
    path: str, origins: str, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORS_ORIGINS", origins)
    asked = {"access-control-request-method": "PUT", "access-control-request-headers": "a-b"}

    mine = {"origin": "https://app.example"}
    with TestClient(app, raise_server_exceptions=False) as client:
        answers = [client.get(path, headers=mine), client.options(path, headers=mine | asked)]
        answers.append(client.get(path, headers={"origin": "https://elsewhere.example"}))

    allowed = [answer.headers.get("access-control-allow-origin") for answer in answers]
    assert allowed == ([mine["origin"]] * 2 if origins else [None] * 2) + [None]


SECRETS: dict[str, Any] = {
    "url": "/fails/now?token=hunter2",
    "content": b"hunter2",
    "headers": {"authorization": "hunter2", "cookie": "session=hunter2"},
}


def test_logs_a_request_once(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    response = client.request("GET", **SECRETS)

    (record,) = [r for r in caplog.records if r.name.endswith(".middleware")]
    logged = record.getMessage()
    assert response.headers["x-request-id"] in logged
    assert "'status': 500" in logged
    assert "'route': '/fails/{item}'" in logged


@pytest.mark.parametrize("style", ["console", "json"])
def test_logs_a_failure_without_secrets(
    style: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    caplog.set_level(logging.WARNING, "httpx2")  # the log of the test client
    monkeypatch.setenv("LOG_FORMAT", style)

    request.getfixturevalue("client").request("GET", **SECRETS)

    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert "hunter2" not in logged
