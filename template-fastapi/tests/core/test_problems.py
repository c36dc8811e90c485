from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel

JSON = {"content-type": "application/json"}
PROBLEM = "application/problem+json"


class Thing(BaseModel):
    name: str
    number: float


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The service with two more endpoints: one that accepts a body, and one that fails."""

    @app.post("/things")
    async def keep(thing: Thing) -> Thing:
        return thing

    @app.delete("/things")
    async def fail() -> None:
        raise RuntimeError("hunter2")

    return app


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b'{"name": "\\ud800"}', 422),
        (b'{"\\ud800": 1}', 422),
        (b'{"number": NaN, "name": 1}', 422),
        (b'{"number": 1e999, "name": 1}', 422),
        (b'{"number": "99999999999999999999x"}', 422),
        (b'{"name": "\xff"}', 400),
        (b'{"number": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
    ],
)
def test_refuses_hostile_bodies(client: TestClient, body: bytes, status: int) -> None:
    response = client.post("/things", content=body, headers=JSON)

    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert response.json()["status"] == status


def test_refuses_a_body_with_a_too_large_content_length(client: TestClient) -> None:
    response = client.post("/things", content=b" " * (1024 * 1024 + 1))

    assert (response.status_code, response.headers["content-type"]) == (413, PROBLEM)
    assert response.headers["x-content-type-options"] == "nosniff"


def test_refuses_a_too_large_body_without_content_length(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield from [b" " * 1024] * 1025

    response = client.post("/things", content=chunks(), headers=JSON)

    assert (response.status_code, response.headers["content-type"]) == (413, PROBLEM)


def test_never_echoes_input(client: TestClient) -> None:
    response = client.post("/things", json={"name": ["hunter2"], "number": "hunter2"})

    assert response.status_code == 422
    assert "hunter2" not in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/things/", "/static/nothing", "/static/../main.py"])
def test_answers_404_for_unknown_paths(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)


@pytest.mark.parametrize(("path", "allow"), [("/things", "DELETE, POST"), ("/docs", "GET")])
def test_lists_the_allowed_methods(client: TestClient, path: str, allow: str) -> None:
    response = client.put(path)

    assert (response.status_code, response.headers["content-type"]) == (405, PROBLEM)
    assert response.headers["allow"] == allow


def test_an_unexpected_error_reveals_nothing(client: TestClient) -> None:
    response = client.delete("/things")

    assert response.headers["content-type"] == PROBLEM
    assert response.json().keys() == {"type", "title", "status"}
