from unittest.mock import patch

import argon2
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

PASSWORD = "nanoseconds of wire"  # noqa: S105 (an example)


def register(client: TestClient, email: str, password: str = PASSWORD) -> Response:
    return client.post("/auth/register", json={"email": email, "password": password})


def sign_in(client: TestClient, email: str, password: str = PASSWORD) -> Response:
    return client.post("/auth/token", data={"username": email, "password": password})


def test_users_register_and_sign_in(stranger: TestClient) -> None:
    user = register(stranger, "grace@example.com").json()

    token = sign_in(stranger, "grace@example.com").json()["access_token"]

    me = stranger.get("/auth/me", headers={"authorization": f"Bearer {token}"})
    assert me.json() == user
    assert set(user) == {"id", "email", "created_at"}


def test_email_addresses_are_case_insensitive(stranger: TestClient) -> None:
    assert register(stranger, "Grace@Example.com").json()["email"] == "grace@example.com"

    assert register(stranger, "GRACE@example.com").status_code == 409
    assert sign_in(stranger, "grace@EXAMPLE.com").status_code == 200


@pytest.mark.parametrize(
    "email", ["grace", "grace@", "@example.com", "a b@example.com", "a\0@b.c", "ä@example.com", ""]
)
def test_refuses_an_invalid_email_address(stranger: TestClient, email: str) -> None:
    assert register(stranger, email).status_code == 422
    assert sign_in(stranger, email).status_code == 422


@pytest.mark.parametrize("password", ["x" * 15, "ünicode und Leerzeichen 🙂", "\0" * 1024])
def test_accepts_any_long_password(stranger: TestClient, password: str) -> None:
    assert register(stranger, "grace@example.com", password).status_code == 201
    assert sign_in(stranger, "grace@example.com", password).status_code == 200


@pytest.mark.parametrize("password", ["", "x" * 14, "x" * 1025, "grace@example.com"])
def test_refuses_a_password_that_is_too_short_or_too_long(
    stranger: TestClient, password: str
) -> None:
    response = register(stranger, "Grace@example.com", password)

    assert response.status_code == 422
    assert password not in response.text or not password


def test_does_not_reveal_whether_an_account_exists(stranger: TestClient) -> None:
    """Neither by the response nor by its duration, most of which is hashing."""
    register(stranger, "grace@example.com")
    answers = []

    for email in ("grace@example.com", "nobody@example.com"):
        with patch("argon2.PasswordHasher.verify", autospec=True) as verify:
            verify.side_effect = argon2.exceptions.VerifyMismatchError
            answer = sign_in(stranger, email, "a guess")
        answers.append((answer.status_code, answer.json(), verify.call_count))
        assert answer.headers["www-authenticate"] == "Bearer"

    assert answers[0] == answers[1]
    assert answers[0][0] == 401
    assert answers[0][2] == 1
