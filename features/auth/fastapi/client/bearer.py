"""The clients that tests use: `client` and `other` are authenticated, `stranger` is not."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


@pytest.fixture(scope="session", autouse=True)
def _settings() -> Iterator[None]:
    """Set a key for tokens, and hash passwords quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_KEYS", "a key that nobody but the tests knows; " + "x" * 32)
        patch.setenv("ARGON2_MEMORY_KIB", "32")
        yield


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """A client that has not signed in. An unexpected error is a response (500), not raised."""
    with TestClient(app, raise_server_exceptions=False) as stranger:
        yield stranger


def signed_in(app: FastAPI, email: str) -> Iterator[TestClient]:
    account = {"email": email, "password": "correct horse battery"}
    form = {"username": email, "password": account["password"]}
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.post("/auth/register", json=account).status_code == 201
        tokens = client.post("/auth/token", data=form).json()
        client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        yield client


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client signed in as Ada."""
    yield from signed_in(app, "ada@example.com")


@pytest.fixture
def other(app: FastAPI) -> Iterator[TestClient]:
    """A client signed in as Grace."""
    yield from signed_in(app, "grace@example.com")
