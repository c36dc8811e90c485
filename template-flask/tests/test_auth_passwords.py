"""Passwords are stored as a slow hash; a new password invalidates all other sessions."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

ADA = {"email": "ada@example.com", "password": "correct horse battery"}
NEW = "a staple, and a horse"


def stored(app: Flask) -> str:
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        return str(session.scalar(text("SELECT password_hash FROM users")))


def may_come_in(client: FlaskClient) -> bool:
    return client.get("/auth/me").status_code == 200


def change(client: FlaskClient, old: str, new: str = NEW) -> int:
    data = {"old_password": old, "password": new}
    return client.post("/auth/password", data=data).status_code


@pytest.mark.usefixtures("client")
def test_keeps_no_more_than_a_hash(app: Flask) -> None:
    assert stored(app).startswith("scrypt:128:8:1$")


@pytest.mark.usefixtures("client")
def test_hashes_anew_when_the_settings_have_changed(make_app: Callable[..., Flask]) -> None:
    app = make_app(SCRYPT_MEMORY_KIB=256)
    visitor = app.test_client()
    for password, method in (("a guess", "scrypt:128:8:1$"), (ADA["password"], "scrypt:256:8:1$")):
        visitor.post("/auth/sign-in", data=ADA | {"password": password})
        assert stored(app).startswith(method)
    assert visitor.post("/auth/sign-in", data=ADA).status_code == 303


def test_is_slow_to_guess_by_default(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCRYPT_MEMORY_KIB")
    visitor = (app := make_app()).test_client()
    assert visitor.post("/auth/register", data=ADA).status_code == 303
    assert stored(app).startswith("scrypt:32768:8:1$")


def test_refuses_to_start_with_what_scrypt_cannot_do(make_app: Callable[..., Flask]) -> None:
    with pytest.raises(RuntimeError, match="SCRYPT_MEMORY_KIB: "):
        make_app(SCRYPT_MEMORY_KIB=1000)


def test_a_new_password_ends_every_other_session(
    client: FlaskClient, stranger: FlaskClient
) -> None:
    stranger.post("/auth/sign-in", data=ADA | {"remember": "y"})
    assert may_come_in(stranger)
    assert change(client, ADA["password"]) == 303
    assert may_come_in(client)
    assert not may_come_in(stranger)
    assert stranger.post("/auth/sign-in", data=ADA).status_code == 422
    assert stranger.post("/auth/sign-in", data=ADA | {"password": NEW}).status_code == 303


def test_signs_out_everywhere_on_request(client: FlaskClient, stranger: FlaskClient) -> None:
    stranger.post("/auth/sign-in", data=ADA)
    client.post("/auth/sign-out", data={"everywhere": "yes"})
    assert not may_come_in(client)
    assert not may_come_in(stranger)


@pytest.mark.parametrize(
    ("old", "new"), [("a guess", NEW), ("", NEW), (ADA["password"], "too short")]
)
def test_changes_nothing_when_anything_is_wrong(client: FlaskClient, old: str, new: str) -> None:
    assert "Old password" in client.get("/auth/password").text
    assert change(client, old, new) == 422
    assert change(client, ADA["password"]) == 303


def test_takes_the_address_for_no_password(client: FlaskClient) -> None:
    assert change(client, ADA["password"], "Ada@Example.com") == 422
