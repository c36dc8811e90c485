from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import create_engine
from sqlalchemy import text

PASSWORD = "correct horse battery"  # noqa: S105 (an example)
FORM = {"username": "ada@example.com", "password": PASSWORD}


@pytest.fixture
def tokens(client: TestClient) -> dict[str, Any]:
    """The tokens of a second sign-in of the same user."""
    tokens: dict[str, Any] = client.post("/auth/token", data=FORM).json()
    return tokens


def refresh(client: TestClient, tokens: dict[str, Any]) -> Response:
    return client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})


def access(client: TestClient, tokens: dict[str, Any]) -> int:
    headers = {"authorization": f"Bearer {tokens['access_token']}"}
    return client.get("/auth/me", headers=headers).status_code


def execute(database_url: str, statement: str) -> list[tuple[Any, ...]]:
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def test_a_refresh_token_is_rotated(stranger: TestClient, tokens: dict[str, Any]) -> None:
    for _ in range(3):
        response = refresh(stranger, tokens)
        assert response.status_code == 200
        assert response.json()["refresh_token"] != tokens["refresh_token"]
        tokens = response.json()
        assert access(stranger, tokens) == 200


def test_a_refresh_token_that_is_used_again_ends_the_sign_in(
    client: TestClient, stranger: TestClient, tokens: dict[str, Any]
) -> None:
    new = refresh(stranger, tokens).json()

    again = refresh(stranger, tokens)

    assert (again.status_code, again.headers["www-authenticate"]) == (401, "Bearer")
    assert refresh(stranger, new).status_code == 401
    assert access(stranger, new) == 401
    assert client.get("/auth/me").status_code == 200  # its own sign-in goes on


def test_a_sign_in_expires(stranger: TestClient, tokens: dict[str, Any], database_url: str) -> None:
    execute(database_url, "UPDATE sign_ins SET expires_at = '2026-01-01 00:00:00'")

    assert refresh(stranger, tokens).status_code == 401


@pytest.mark.parametrize("token", ["", ".", "x", "x" * 32, "0" * 32 + ".", "0" * 32 + ".\0"])
def test_refuses_a_malformed_refresh_token(stranger: TestClient, token: str) -> None:
    assert refresh(stranger, {"refresh_token": token}).status_code == 401


def test_stores_no_refresh_token(tokens: dict[str, Any], database_url: str) -> None:
    secret = tokens["refresh_token"].partition(".")[2]

    assert len(secret) == 43
    assert secret not in str(execute(database_url, "SELECT * FROM sign_ins"))


def test_signing_out_ends_the_sign_in(
    client: TestClient, stranger: TestClient, tokens: dict[str, Any]
) -> None:
    for _ in range(2):
        body = {"refresh_token": tokens["refresh_token"]}
        assert stranger.post("/auth/sign-out", json=body).status_code == 204

    assert refresh(stranger, tokens).status_code == 401
    assert access(stranger, tokens) == 401
    assert client.get("/auth/me").status_code == 200
