"""Guessing passwords is slow and limited, for existing and unknown users alike."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug import security

ADA = {"email": "ada@example.com", "password": "correct horse battery"}


@pytest.mark.usefixtures("client")
def test_hashes_as_much_whether_or_not_there_is_an_account(
    stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    hash_slowly = security._hash_internal  # noqa: SLF001

    def count(method: str, salt: str, password: str) -> tuple[str, str]:
        hashes.append(method)
        return hash_slowly(method, salt, password)

    monkeypatch.setattr(security, "_hash_internal", count)
    for email in ("ada@example.com", "eve@example.com"):
        stranger.post("/auth/sign-in", data={"email": email, "password": "a guess"})
    assert hashes == ["scrypt:128:8:1"] * 2


@pytest.mark.usefixtures("client")
def test_hashes_for_a_few_at_a_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    running, lock = [0], Lock()

    def watch(*_: str) -> bool:
        with lock:
            running.append(running[-1] + 1)
        time.sleep(0.3)
        with lock:
            running.append(running[-1] - 1)
        return False

    monkeypatch.setattr(f"{app.import_name}.auth.passwords.check_password_hash", watch)
    with ThreadPoolExecutor(8) as people:
        answers = people.map(lambda _: app.test_client().post("/auth/sign-in", data=ADA), range(8))
        statuses = {answer.status_code for answer in answers}
    assert max(running) == 4
    assert statuses == {422}


@pytest.mark.usefixtures("client")
def test_limits_attempts(make_app: Callable[..., Flask]) -> None:
    visitor = make_app().test_client()
    guess = ADA | {"password": "a guess"}
    answers = [visitor.post("/auth/sign-in", data=guess) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert [answer.headers["RateLimit"][:12] for answer in answers[8:]] == [
        f'"client";r={left}' for left in (1, 0, 0)
    ]
    response = visitor.post("/auth/sign-in", data=ADA)
    assert response.status_code == 429
    assert "Too many requests. Wait a moment." in response.text
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert visitor.get("/auth/sign-in").status_code == 200


@pytest.mark.usefixtures("client")
def test_counts_no_success(make_app: Callable[..., Flask]) -> None:
    visitor = make_app().test_client()
    answers = {visitor.post("/auth/sign-in", data=ADA).status_code for _ in range(12)}
    assert answers == {303}
