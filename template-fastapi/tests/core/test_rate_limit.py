import time
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


@pytest.fixture
def client(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An anonymous client with a limit of three requests a minute."""
    monkeypatch.setenv("RATE_LIMIT_REQUESTS", "3")
    with TestClient(app) as client:
        yield client


def test_refuses_requests_beyond_the_limit(client: TestClient) -> None:
    answers = [client.get("/docs") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["content-type"] == "application/problem+json"
    assert 0 < int(answers[3].headers["retry-after"]) <= 60


def test_says_how_many_requests_are_left(client: TestClient) -> None:
    answers = [client.get("/docs").headers for _ in range(4)]

    assert answers[0]["ratelimit-policy"] == '"client";q=3;w=60'
    left = [answer["ratelimit"].partition(";t=")[0] for answer in answers]
    assert left == [f'"client";r={number}' for number in (2, 1, 0, 0)]


def test_counts_errors_too(client: TestClient) -> None:
    assert [client.get("/nowhere").status_code for _ in range(4)] == [404, 404, 404, 429]


def test_another_address_has_its_own_limit(app: FastAPI, client: TestClient) -> None:
    for _ in range(3):
        client.get("/docs")

    with TestClient(app, client=("192.0.2.1", 1)) as other:
        assert other.get("/docs").status_code == 200
    assert client.get("/docs").status_code == 429


def test_ignores_forwarded_addresses_of_clients(client: TestClient) -> None:
    claims = [{"x-forwarded-for": f"192.0.2.{n}"} for n in range(4)]

    assert [client.get("/docs", headers=h).status_code for h in claims] == [200, 200, 200, 429]


@pytest.mark.parametrize("path", ["/livez", "/static/vendor/swagger-ui.css"])
def test_probes_and_static_files_are_exempt(client: TestClient, path: str) -> None:
    assert {client.get(path).status_code for _ in range(5)} == {200}


def test_the_limit_is_reset_after_the_window(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT_REQUESTS", "1")
    monkeypatch.setenv("RATE_LIMIT_SECONDS", "1")
    with TestClient(app) as client:
        seen = [client.get("/docs").status_code, client.get("/docs").status_code]
        time.sleep(1.1)
        seen += [client.get("/docs").status_code, client.get("/docs").status_code]

    assert seen == [200, 429, 200, 429]
