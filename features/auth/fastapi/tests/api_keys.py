from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

Command = Callable[..., str]


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_describes_the_key_of_the_request(client: TestClient) -> None:
    key = client.get("/auth/key").json()

    assert key["user"] == "robot"
    assert {"notes:read", "notes:write"} <= set(key["scopes"])
    assert datetime.fromisoformat(key["expires_at"]) > datetime.now(UTC) + timedelta(days=364)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_requires_a_key(stranger: TestClient, method: str) -> None:
    response = stranger.request(method, "/notes", json={"title": "Groceries"})

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == "application/problem+json"


def test_refuses_an_invalid_key(stranger: TestClient, keys: Command) -> None:
    key = keys("create", "importer")
    package, secret = key.split("_")[0], key.rpartition("_")[2]
    others = keys("create", "importer").rpartition("_")[2]
    unknown = key.replace(key.split("_")[-2], uuid4().hex)

    for wrong in ("x", package, secret, f"{key}x", key[:-1], key.replace(secret, others), unknown):
        response = stranger.get("/notes", headers=bearing(wrong))

        assert response.status_code == 401, wrong
        assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_requires_the_scope_to_read(stranger: TestClient, keys: Command) -> None:
    writer = bearing(keys("create", "importer", "--scopes", "notes:write"))

    path = stranger.post("/notes", json={"title": "Groceries"}, headers=writer).headers["location"]

    for refused in (stranger.get("/notes", headers=writer), stranger.get(path, headers=writer)):
        assert refused.status_code == 403
        assert refused.json()["detail"] == "The API key lacks the scope notes:read."
        assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]


def test_requires_the_scope_to_write(client: TestClient, keys: Command) -> None:
    path = client.post("/notes", json={"title": "Groceries"}).headers["location"]
    reader = bearing(keys("create", "robot", "--scopes", "notes:read"))

    assert client.get(path, headers=reader).status_code == 200
    for method, where in (("POST", "/notes"), ("PATCH", path), ("DELETE", path)):
        refused = client.request(method, where, json={"title": "Late"}, headers=reader)

        assert refused.status_code == 403
        assert 'scope="notes:write"' in refused.headers["www-authenticate"]
    assert client.get(path).json()["title"] == "Groceries"


def test_the_document_names_the_scopes(stranger: TestClient) -> None:
    paths = stranger.get("/openapi.json").json()["paths"]

    assert paths["/notes"]["get"]["security"] == [{"APIKey": ["notes:read"]}]
    assert paths["/notes/{note_id}"]["delete"]["security"] == [{"APIKey": ["notes:write"]}]
