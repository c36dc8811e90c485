"""The clients that tests use: `client` and `other` are authenticated, `stranger` is not."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


@pytest.fixture(scope="session", autouse=True)
def issuer(run_server: Callable[[str], AbstractContextManager[str]]) -> Iterator[str]:
    """Start the small issuer, which gives anybody a token."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OIDC_AUDIENCE", "this service")
        with run_server("issuer") as url:
            patch.setenv("OIDC_ISSUER", url)
            yield url


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """A client without a token. An unexpected error is a response (500), not raised."""
    with TestClient(app, raise_server_exceptions=False) as stranger:
        yield stranger


def with_a_token(app: FastAPI, issuer: str, subject: str) -> Iterator[TestClient]:
    token = httpx2.post(f"{issuer}/token", data={"sub": subject}).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        client.get("/auth/me")  # creates the user, so that later requests do not write
        yield client


@pytest.fixture
def client(app: FastAPI, issuer: str) -> Iterator[TestClient]:
    """A client signed in as Ada."""
    yield from with_a_token(app, issuer, "ada")


@pytest.fixture
def other(app: FastAPI, issuer: str) -> Iterator[TestClient]:
    """A client signed in as Grace."""
    yield from with_a_token(app, issuer, "grace")
