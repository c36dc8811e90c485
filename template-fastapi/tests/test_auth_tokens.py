import os
import time
from typing import Any
from uuid import uuid4

import jwt
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy import text


@pytest.fixture
def token(client: TestClient) -> str:
    return client.headers["authorization"].removeprefix("Bearer ")


def forge(token: str, **changes: object) -> str:
    """Sign the claims of a token again with changes; None removes a claim."""
    key, alg = changes.pop("key", os.environ["SECRET_KEYS"]), changes.pop("alg", "HS256")
    kid = changes.pop("kid", jwt.get_unverified_header(token)["kid"])
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, key, alg, headers={"kid": kid})  # type: ignore[arg-type]


def test_a_token_that_is_signed_again_is_valid(stranger: TestClient, token: str) -> None:
    """Shows that the forged tokens of the next test fail because of their changes."""
    headers = {"authorization": f"Bearer {forge(token)}"}

    assert stranger.get("/auth/me", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"alg": "none", "key": None},
        {"alg": "HS512"},
        {"key": "another key that is just as long as ours"},
        {"kid": "unknown"},
        {"aud": "another-service"},
        {"aud": None},
        {"iss": "another-service"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"iat": time.time() + 1000},
        {"sub": str(uuid4())},
        {"sub": "ada"},
        {"sub": None},
        {"sid": str(uuid4())},
        {"sid": None},
    ],
)
def test_refuses_a_forged_token(stranger: TestClient, token: str, changes: dict[str, Any]) -> None:
    assert_refused(stranger, f"Bearer {forge(token, **changes)}")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer a.b.c", "Bearer \xe4", "Basic YTpi"])
def test_refuses_a_malformed_token(stranger: TestClient, header: str) -> None:
    assert_refused(stranger, header)


def test_refuses_a_token_that_was_tampered_with(stranger: TestClient, token: str) -> None:
    head, _, signature = token.split(".")
    body = forge(token, sub=str(uuid4())).split(".")[1]

    assert_refused(stranger, f"Bearer {head}.{body}.{signature}")


def assert_refused(client: TestClient, header: str) -> None:
    response = client.get("/auth/me", headers={b"authorization": header.encode("latin-1")})

    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_refuses_a_deleted_user(client: TestClient, database_url: str) -> None:
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM users"))
    engine.dispose()

    assert_refused(client, client.headers["authorization"])
