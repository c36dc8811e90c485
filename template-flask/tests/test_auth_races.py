"""A new password wins over requests that began before it."""

from collections.abc import Callable
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import check_password_hash

ADA = {"email": "ada@example.com", "password": "correct horse battery"}
NEW = "a staple, and a horse"

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let something happen while the next password is checked, which takes its time."""
    name = f"{app.import_name}.auth.passwords.check_password_hash"

    def arrange(action: Callable[[], object]) -> None:
        def check(known: str, password: str) -> bool:
            monkeypatch.setattr(name, check_password_hash)
            request = Thread(target=action)
            request.start()
            request.join()
            return check_password_hash(known, password)

        monkeypatch.setattr(name, check)

    return arrange


def change(client: FlaskClient, new: str = NEW) -> str:
    data = {"old_password": ADA["password"], "password": new}
    return client.post("/auth/password", data=data, follow_redirects=True).text


def is_good(app: Flask, password: str) -> bool:
    visitor = app.test_client()
    visitor.post("/auth/sign-in", data=ADA | {"password": password})
    return visitor.get("/auth/me").status_code == 200


def test_signing_in_with_the_old_password_meanwhile_fails(
    client: FlaskClient, stranger: FlaskClient, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: change(client))
    stranger.post("/auth/sign-in", data=ADA)
    assert stranger.get("/auth/me").status_code == 303
    assert client.get("/auth/me").status_code == 200


def test_the_old_one_is_not_put_back_when_it_is_hashed_anew(
    app: Flask, client: FlaskClient, stranger: FlaskClient, meanwhile: Meanwhile
) -> None:
    app.config["SCRYPT_MEMORY_KIB"] = 256
    meanwhile(lambda: change(client))
    stranger.post("/auth/sign-in", data=ADA)
    assert is_good(app, NEW)
    assert not is_good(app, ADA["password"])


def test_of_two_that_are_chosen_at_the_same_time_the_first_stays(
    app: Flask, client: FlaskClient, stranger: FlaskClient, meanwhile: Meanwhile
) -> None:
    stranger.post("/auth/sign-in", data=ADA)
    meanwhile(lambda: change(client))
    assert "has just been changed. Sign in again." in change(stranger, "another one, quickly")
    assert is_good(app, NEW)
    assert not is_good(app, "another one, quickly")
    assert stranger.get("/auth/me").status_code == 303
