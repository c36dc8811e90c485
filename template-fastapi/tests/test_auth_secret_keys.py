import asyncio
import os

import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

FORM = {"username": "ada@example.com", "password": "correct horse battery"}
NEW = "a newer key that is as long as the old one"


async def start(app: FastAPI) -> None:
    async with app.router.lifespan_context(app):
        pass


@pytest.mark.parametrize("keys", ["", "hunter2", f"{NEW},hunter2", f"{NEW},", "x" * 31])
def test_refuses_to_start_without_long_keys(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    monkeypatch.setenv("SECRET_KEYS", keys)
    with pytest.raises(SystemExit, match=r"^SECRET_KEYS: Set it to random text of 32 [\w ;,.]+\.$"):
        asyncio.run(start(app))


@pytest.mark.parametrize("name", ["ACCESS_MINUTES", "REFRESH_DAYS", "ARGON2_MEMORY_KIB"])
def test_refuses_to_start_with_a_number_that_is_not_positive(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "0")
    with pytest.raises(SystemExit, match=f"^{name}: "):
        asyncio.run(start(app))


def test_keys_can_be_rotated_while_users_are_signed_in(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEYS", f"{NEW}, {os.environ['SECRET_KEYS']}")
    with TestClient(app, headers=dict(client.headers)) as both:
        assert both.get("/auth/me").status_code == 200
        token = both.post("/auth/token", data=FORM).json()["access_token"]
    jwt.decode(token, NEW, ["HS256"], options={"verify_aud": False})

    monkeypatch.setenv("SECRET_KEYS", NEW)
    with TestClient(app, headers=dict(client.headers)) as later:
        assert later.get("/auth/me").status_code == 401
        later.headers["authorization"] = f"Bearer {token}"
        assert later.get("/auth/me").status_code == 200
