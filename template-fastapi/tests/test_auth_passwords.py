import threading
import time
from concurrent.futures import ThreadPoolExecutor

import argon2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import create_engine
from sqlalchemy import text

FORM = {"username": "ada@example.com", "password": "correct horse battery"}


def stored(database_url: str) -> str:
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    with engine.connect() as connection:
        stored: str = connection.execute(text("SELECT password_hash FROM users")).scalar_one()
    engine.dispose()
    return stored


def test_stores_only_a_hash(client: TestClient, database_url: str) -> None:
    assert client.get("/auth/me").is_success

    assert stored(database_url).startswith("$argon2id$")


def test_updates_a_hash_when_the_settings_have_changed(
    app: FastAPI, client: TestClient, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/auth/me").is_success
    monkeypatch.setenv("ARGON2_MEMORY_KIB", "64")

    with TestClient(app) as later:
        assert later.post("/auth/token", data=FORM | {"password": "no"}).status_code == 401
        assert "$m=32," in stored(database_url)
        assert later.post("/auth/token", data=FORM).status_code == 200
        assert "$m=64," in stored(database_url)
        assert later.post("/auth/token", data=FORM).status_code == 200


class SlowHasher:
    """Counts how many hashes are computed at the same time."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.running = 0
        self.most = 0

    def verify(self, *_: object) -> bool:
        self.running += 1
        self.most = max(self.most, self.running)
        self.begun.set()
        time.sleep(0.1)
        self.running -= 1
        return True


def test_limits_concurrent_hashing_without_blocking_other_requests(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowHasher()
    monkeypatch.setattr(argon2.PasswordHasher, "verify", slow.verify)

    with ThreadPoolExecutor(12) as pool:
        attempts = [pool.submit(client.post, "/auth/token", data=FORM) for _ in range(12)]
        assert slow.begun.wait(5)
        assert client.get("/notes").status_code == 200
        assert not all(attempt.done() for attempt in attempts)

    assert {attempt.result().status_code for attempt in attempts} == {200}
    assert slow.most == 4


def change(client: TestClient, old: str) -> Response:
    body = {"old_password": old, "new_password": "a staple, and a horse"}
    return client.put("/auth/password", json=body)


def test_a_new_password_ends_every_other_sign_in(client: TestClient) -> None:
    before = client.post("/auth/token", data=FORM).json()

    tokens = change(client, FORM["password"]).json()

    assert client.get("/auth/me").status_code == 401
    for old in (before, tokens):
        headers = {"authorization": f"Bearer {old['access_token']}"}
        assert client.get("/auth/me", headers=headers).is_success == (old is tokens)
    assert client.post("/auth/refresh", json={"refresh_token": before["refresh_token"]}).is_error
    assert client.post("/auth/token", data=FORM).status_code == 401
    form = FORM | {"password": "a staple, and a horse"}
    assert client.post("/auth/token", data=form).status_code == 200


def test_refuses_the_email_address_as_password(client: TestClient) -> None:
    body = {"old_password": FORM["password"], "new_password": FORM["username"].upper()}
    assert client.put("/auth/password", json=body).status_code == 422
    assert client.post("/auth/token", data=FORM).status_code == 200


def test_changing_a_password_requires_the_old_one(client: TestClient) -> None:
    assert change(client, "a guess").status_code == 403
    assert client.get("/auth/me").status_code == 200
