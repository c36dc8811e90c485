"""A reset link works once, also for simultaneous requests."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash

pytest_plugins = ["postbox"]

ADA = {"email": "ada@example.com", "password": "correct horse battery"}
FIRST = "a staple, and a horse"
SECOND = "another one, quickly"


@pytest.fixture
def app(make_app: Callable[..., Flask], mail_server: dict[str, object]) -> Flask:
    return make_app(**mail_server)


@pytest.mark.usefixtures("client")
def test_the_first_password_stays(
    app: Flask, stranger: FlaskClient, mails: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger.post("/auth/forgotten", data={"email": "ada@example.com"})
    (link,) = re.findall(r"/auth/reset\S+", mails[0].get_content())
    name = f"{app.import_name}.auth.passwords.generate_password_hash"

    def hash_slowly(password: str, method: str) -> str:
        monkeypatch.setattr(name, generate_password_hash)
        first = Thread(target=lambda: app.test_client().post(link, data={"password": FIRST}))
        first.start()
        first.join()
        return generate_password_hash(password, method)

    monkeypatch.setattr(name, hash_slowly)
    answer = stranger.post(link, data={"password": SECOND}, follow_redirects=True)
    assert "has just been changed. Sign in again." in answer.text
    for password, status in ((FIRST, 303), (SECOND, 422)):
        account = ADA | {"password": password}
        assert stranger.post("/auth/sign-in", data=account).status_code == status
