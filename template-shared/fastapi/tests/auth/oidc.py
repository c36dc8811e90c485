import asyncio
import time
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextlib import ExitStack
from socket import create_server
from typing import Any

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI
from fastapi.testclient import TestClient

NOW = int(time.time())
Clock = Callable[[float], None]


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def token_of(issuer: str, **claims: str | int) -> str:
    token: str = httpx2.post(f"{issuer}/token", data=claims).json()["access_token"]
    return token


def status(client: TestClient, token: str) -> int:
    return client.get("/auth/me", headers=bearing(token)).status_code


@pytest.fixture
def later(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let seconds pass, as far as the keys of the issuer are concerned."""
    module = f"{type(app).__module__.partition('.')[0]}.auth.issuer"

    def let_pass(seconds: float) -> None:
        monkeypatch.setattr(f"{module}.monotonic", lambda: time.monotonic() + seconds)

    return let_pass


def test_knows_who_the_issuer_says_it_is(client: TestClient, issuer: str) -> None:
    me = client.get("/auth/me").json()

    assert (me["issuer"], me["subject"]) == (issuer, "ada")
    assert client.get("/auth/me").json() == me


def test_asks_strangers_for_a_token(stranger: TestClient) -> None:
    response = stranger.get("/notes")

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == "application/problem+json"


def test_takes_in_a_user_once_who_comes_twice_at_a_time(stranger: TestClient, issuer: str) -> None:
    headers = bearing(token_of(issuer, sub="grace"))

    def ask(_: int) -> Any:  # noqa: ANN401 (JSON)
        return stranger.get("/auth/me", headers=headers).json()["id"]

    with ThreadPoolExecutor(8) as people:
        assert len(set(people.map(ask, range(8)))) == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another service"},
        {"iss": "https://elsewhere.example"},
        {"exp": NOW - 60},
        {"nbf": NOW + 600},
        {"iat": NOW + 600},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": "\0"},
        {"sub": 7},
    ],
)
def test_refuses_a_token_that_is_not_for_now_and_here(
    stranger: TestClient, issuer: str, claims: dict[str, str | int]
) -> None:
    response = stranger.get("/notes", headers=bearing(token_of(issuer, **claims)))

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_forgives_a_clock_that_is_a_little_wrong(stranger: TestClient, issuer: str) -> None:
    assert status(stranger, token_of(issuer, exp=NOW - 5)) == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "..", "eyJhbGciOiJub25lIn0.e30."])
def test_refuses_what_is_no_token(stranger: TestClient, token: str) -> None:
    headers = [(b"authorization", f"Bearer {token}".encode())]

    assert stranger.get("/notes", headers=headers).status_code == 401


def forged(issuer: str) -> Iterator[str]:
    """Tokens with the right claims that the issuer has not signed."""
    good = token_of(issuer)
    head, body, signature = good.split(".")
    claims = jwt.decode(good, options={"verify_signature": False})
    kid = jwt.get_unverified_header(good)["kid"]
    public = httpx2.get(f"{issuer}/keys").json()["keys"][0]
    mine = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    yield f"{head}.{body}."
    yield f"{head}.{body}.{signature[::-1]}"
    yield f"{head}.{token_of(issuer, sub='root').split('.')[1]}.{signature}"
    yield jwt.encode(claims, mine, "RS256", {"kid": kid})
    yield jwt.encode(claims, mine, "RS256", {"kid": "mine"})
    yield jwt.encode(claims, mine, "RS256")
    yield jwt.encode(claims, "", "none", {"kid": kid})
    # Who takes any algorithm takes the public key, which everybody has, for a secret.
    yield jwt.encode(claims, jwt.utils.base64url_decode(public["n"]), "HS256", {"kid": kid})


def test_refuses_what_the_issuer_has_not_signed(stranger: TestClient, issuer: str) -> None:
    for token in forged(issuer):
        assert status(stranger, token) == 401, token
    assert status(stranger, token_of(issuer)) == 200


def test_refuses_a_token_of_another_kind(stranger: TestClient, issuer: str) -> None:
    assert status(stranger, token_of(issuer, typ="logout+jwt")) == 401
    assert status(stranger, token_of(issuer, typ="JWT")) == 200


def test_asks_for_a_scope_where_one_is_set(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_SCOPE", "notes")

    with TestClient(app) as stranger:
        refused = stranger.get("/notes", headers=bearing(token_of(issuer, scope="mail")))
        assert status(stranger, token_of(issuer, scope="mail notes")) == 200

    assert refused.status_code == 403
    challenge = 'Bearer error="insufficient_scope", scope="notes"'
    assert refused.headers["www-authenticate"] == challenge


def test_follows_the_issuer_to_its_new_key(stranger: TestClient, issuer: str, later: Clock) -> None:
    old = token_of(issuer)
    assert status(stranger, old) == 200

    httpx2.post(f"{issuer}/keys")
    new = token_of(issuer)

    assert status(stranger, new) == 401  # the keys have only just been fetched
    later(11)
    assert status(stranger, new) == 200
    assert status(stranger, old) == 401


def test_lets_nobody_send_it_to_the_issuer_time_and_again(
    stranger: TestClient, issuer: str
) -> None:
    assert status(stranger, token_of(issuer)) == 200
    tokens = list(forged(issuer))
    before = httpx2.get(f"{issuer}/asked").json()

    for token in tokens:
        status(stranger, token)

    assert httpx2.get(f"{issuer}/asked").json() == before


def test_withdraws_its_trust_from_a_key_that_the_issuer_has_withdrawn(
    stranger: TestClient, issuer: str, later: Clock
) -> None:
    old = token_of(issuer)
    assert status(stranger, old) == 200

    httpx2.post(f"{issuer}/keys")
    later(301)

    assert status(stranger, old) == 401


def test_works_for_an_hour_without_the_issuer(
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
        response = stranger.get("/auth/me", headers=bearing(token))

    assert response.status_code == 503
    assert response.headers["retry-after"] == "10"


def test_starts_without_the_issuer_and_says_so(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(issuer)
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:1")

    with TestClient(app) as stranger:
        assert stranger.get("/readyz").status_code == 200
        assert stranger.get("/notes").status_code == 401
        response = stranger.get("/notes", headers=bearing(token))

    assert response.status_code == 503
    assert response.headers["retry-after"] == "10"
    assert response.json()["detail"] == "The issuer of access tokens is not available."


def test_does_not_wait_for_an_issuer_that_says_nothing(
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


def test_trusts_no_issuer_that_goes_by_another_name(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_ISSUER", issuer.replace("127.0.0.1", "localhost"))

    with TestClient(app) as stranger:
        assert status(stranger, token_of(issuer)) == 503


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", ""),
        ("OIDC_ISSUER", "http://login.example.com"),
        ("OIDC_ISSUER", "login.example.com"),
        ("OIDC_AUDIENCE", ""),
    ],
)
def test_refuses_to_start_without_an_issuer_and_an_audience(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    async def start() -> None:
        async with app.router.lifespan_context(app):
            pass

    with pytest.raises(SystemExit, match=f"^{name}: .*[.]$"):
        asyncio.run(start())


def test_tells_where_tokens_come_from(stranger: TestClient, issuer: str) -> None:
    schemes = stranger.get("/openapi.json").json()["components"]["securitySchemes"]
    path = schemes["OpenIdConnect"]["openIdConnectUrl"]

    told = stranger.get(f"/{path}", follow_redirects=False).headers["location"]

    assert httpx2.get(told).json()["issuer"] == issuer
