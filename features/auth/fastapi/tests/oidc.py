import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def token_of(issuer: str, **claims: str | int) -> str:
    token: str = httpx2.post(f"{issuer}/token", data=claims).json()["access_token"]
    return token


def test_identifies_the_user_of_a_token(client: TestClient, issuer: str) -> None:
    me = client.get("/auth/me").json()

    assert (me["issuer"], me["subject"]) == (issuer, "ada")
    assert client.get("/auth/me").json() == me


def test_requires_a_token(stranger: TestClient) -> None:
    response = stranger.get("/notes")

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == "application/problem+json"


def test_concurrent_first_requests_create_one_user(stranger: TestClient, issuer: str) -> None:
    headers = bearing(token_of(issuer, sub="grace"))

    def ask(_: int) -> Any:  # noqa: ANN401 (JSON)
        return stranger.get("/auth/me", headers=headers).json()["id"]

    with ThreadPoolExecutor(8) as people:
        assert len(set(people.map(ask, range(8)))) == 1


def test_requires_the_configured_scope(
    app: FastAPI, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_SCOPE", "notes")

    good, bad = (bearing(token_of(issuer, scope=scope)) for scope in ("mail notes", "mail"))

    with TestClient(app) as stranger:
        assert stranger.get("/notes", headers=good).status_code == 200
        refused = stranger.get("/notes", headers=bad)

    assert refused.status_code == 403
    challenge = 'Bearer error="insufficient_scope", scope="notes"'
    assert refused.headers["www-authenticate"] == challenge


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

    location = stranger.get(f"/{path}", follow_redirects=False).headers["location"]

    assert httpx2.get(location).json()["issuer"] == issuer
