import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextlib import ExitStack
from socket import create_server

import httpx2
import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

Clock = Callable[[float], None]


def token_of(issuer: str, **claims: str | int) -> str:
    token: str = httpx2.post(f"{issuer}/token", data=claims).json()["access_token"]
    return token


def ask(client: TestClient, token: str) -> Response:
    return client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})


def status(client: TestClient, token: str) -> int:
    return ask(client, token).status_code


@pytest.fixture
def later(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return a function that moves the clock of the key cache forward."""
    module = f"{type(app).__module__.partition('.')[0]}.auth.issuer"

    def let_pass(seconds: float) -> None:
        monkeypatch.setattr(f"{module}.monotonic", lambda: time.monotonic() + seconds)

    return let_pass


def test_fetches_the_keys_again_after_a_rotation(
    stranger: TestClient, issuer: str, later: Clock
) -> None:
    old = token_of(issuer)
    assert status(stranger, old) == 200

    httpx2.post(f"{issuer}/keys")
    new = token_of(issuer)

    assert status(stranger, new) == 401  # the keys have only just been fetched
    later(11)
    assert status(stranger, new) == 200
    assert status(stranger, old) == 401


def test_unknown_keys_do_not_cause_a_request_each(stranger: TestClient, issuer: str) -> None:
    assert status(stranger, token_of(issuer)) == 200
    before = httpx2.get(f"{issuer}/asked").json()

    for number in range(10):
        forged = jwt.encode({}, "a key of nobody's, which is long", headers={"kid": str(number)})
        assert status(stranger, forged) == 401

    assert httpx2.get(f"{issuer}/asked").json() == before


def test_refuses_a_key_that_the_issuer_has_revoked(
    stranger: TestClient, issuer: str, later: Clock
) -> None:
    old = token_of(issuer)
    assert status(stranger, old) == 200

    httpx2.post(f"{issuer}/keys")
    later(301)

    assert status(stranger, old) == 401


def test_uses_cached_keys_for_an_hour_without_the_issuer(
    app: FastAPI,
    run_server: Callable[[str], AbstractContextManager[str]],
    later: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with ExitStack() as stack:
        with run_server("issuer") as issuer:
            monkeypatch.setenv("OIDC_ISSUER", issuer)
            stranger = stack.enter_context(TestClient(app))
            token = token_of(issuer)
            assert status(stranger, token) == 200
        later(3000)
        assert status(stranger, token) == 200
        later(3701)
        response = ask(stranger, token)

    assert response.status_code == 503
    assert response.headers["retry-after"] == "10"


def test_starts_without_the_issuer_and_answers_503(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(issuer)
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:1")

    with TestClient(app) as stranger:
        assert stranger.get("/readyz").status_code == 200
        assert stranger.get("/notes").status_code == 401
        response = ask(stranger, token)

    assert response.status_code == 503
    assert response.headers["retry-after"] == "10"
    assert response.json()["detail"] == "The issuer of access tokens is not available."


def test_does_not_wait_for_an_issuer_that_does_not_respond(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(issuer)
    monkeypatch.setattr(f"{type(app).__module__.partition('.')[0]}.auth.issuer.PATIENCE", 0.1)

    with create_server(("127.0.0.1", 0)) as mute:
        monkeypatch.setenv("OIDC_ISSUER", f"http://127.0.0.1:{mute.getsockname()[1]}")
        with TestClient(app) as stranger:
            started = time.monotonic()
            assert [status(stranger, token) for _ in range(20)] == [503] * 20

    assert time.monotonic() - started < 2


def test_refuses_metadata_that_names_another_issuer(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_ISSUER", issuer.replace("127.0.0.1", "localhost"))

    with TestClient(app) as stranger:
        assert status(stranger, token_of(issuer)) == 503
