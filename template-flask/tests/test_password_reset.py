"""A link in an e-mail resets the password: once, for an hour, for its owner only."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

pytest_plugins = ["postbox"]

ADA = {"email": "ada@example.com", "password": "correct horse battery"}
NEW = "a staple, and a horse"
HOST = "https://notes.example.com"


@pytest.fixture
def app(make_app: Callable[..., Flask], mail_server: dict[str, object]) -> Flask:
    return make_app(**mail_server)


@pytest.fixture
def link(client: FlaskClient, stranger: FlaskClient, mails: list[EmailMessage]) -> str:
    """The link in the e-mail that Ada gets after a request to reset her password."""
    assert client.get("/auth/me").status_code == 200
    stranger.post("/auth/forgotten", data={"email": " ADA@example.com"})
    return links(mails)[0].removeprefix(HOST)


def links(mails: list[EmailMessage]) -> list[str]:
    return re.findall(r"^https?://\S+", mails[-1].get_content(), re.MULTILINE)


def choose(client: FlaskClient, link: str, password: str = NEW) -> str:
    return client.post(link, data={"password": password}).headers.get("Location", "")


def test_is_linked_from_the_sign_in_page(stranger: FlaskClient) -> None:
    assert 'href="/auth/forgotten"' in stranger.get("/auth/sign-in").text


def test_leads_to_a_new_password(client: FlaskClient, stranger: FlaskClient, link: str) -> None:
    for _ in range(2):
        assert "Choose a password" in stranger.get(link).text
    assert choose(stranger, link) == "/auth/sign-in"
    assert stranger.post("/auth/sign-in", data=ADA).status_code == 422
    assert stranger.post("/auth/sign-in", data=ADA | {"password": NEW}).status_code == 303
    assert client.get("/auth/me").status_code == 303


def test_works_once(stranger: FlaskClient, link: str) -> None:
    choose(stranger, link)
    assert choose(stranger, link, "another one, quickly") == "/auth/forgotten"
    assert stranger.get(link).headers["Location"] == "/auth/forgotten"
    assert "Request a new one." in stranger.get("/auth/forgotten").text
    assert stranger.post("/auth/sign-in", data=ADA | {"password": NEW}).status_code == 303


def test_expires_after_an_hour(
    stranger: FlaskClient, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = TimestampSigner("any").get_timestamp() + 60 * 60
    for seconds, where in ((1, "/auth/forgotten"), (-1, "/auth/sign-in")):
        now = later + seconds
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _, now=now: now)
        assert choose(stranger, link) == where


@pytest.mark.parametrize("token", ["", "x", "{0}x", "x{0}", "WyJhIiwiYiJd.x.y", "ü", "\0"])
def test_cannot_be_forged(stranger: FlaskClient, link: str, token: str) -> None:
    path, _, good = link.partition("=")
    assert choose(stranger, f"{path}=" + token.format(good)) == "/auth/forgotten"
    assert stranger.post("/auth/sign-in", data=ADA).status_code == 303


def test_does_not_work_for_a_disabled_account(app: Flask, stranger: FlaskClient, link: str) -> None:
    app.test_cli_runner().invoke(args=["users", "disable", "ada@example.com"])
    assert choose(stranger, link) == "/auth/forgotten"


@pytest.mark.parametrize("password", ["too short", "ADA@example.com"])
def test_says_beside_the_field_what_is_wrong(
    stranger: FlaskClient, link: str, password: str
) -> None:
    response = stranger.post(link, data={"password": password})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


@pytest.mark.usefixtures("client")
def test_tells_only_the_mailbox_whether_there_is_an_account(
    stranger: FlaskClient, mails: list[EmailMessage]
) -> None:
    seen = []
    for email in ("ada@example.com", "eve@example.com"):
        response = stranger.post("/auth/forgotten", data={"email": email})
        page = stranger.get(response.headers["Location"])
        seen.append((response.status_code, response.text, re.sub(r'value="[^"]*"', "", page.text)))
    assert seen[0] == seen[1]
    assert [mail["X-RcptTo"] for mail in mails] == ["ada@example.com", "eve@example.com"]
    assert "There is no account with this e-mail address." in mails[1].get_content()
    assert links(mails) == []


@pytest.mark.usefixtures("client")
def test_leads_to_no_host_that_a_request_made_up(
    stranger: FlaskClient, mails: list[EmailMessage]
) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    stranger.post("/auth/forgotten", data={"email": "ada@example.com"}, headers=headers)
    assert links(mails)[0].startswith(f"{HOST}/auth/reset?token=")
    assert "evil" not in mails[0].as_string()


@pytest.mark.parametrize(
    "email", ["", "ada", "a@example.com\nBcc: b@example.com", "a,b@example.com", "<a@example.com>"]
)
def test_sends_to_nothing_but_an_address(
    stranger: FlaskClient, mails: list[EmailMessage], email: str
) -> None:
    assert stranger.post("/auth/forgotten", data={"email": email}).status_code == 422
    assert mails == []


def test_limits_the_mails_to_an_address(app: Flask, mails: list[EmailMessage]) -> None:
    answers = [
        app.test_client()
        .post(
            "/auth/forgotten",
            data={"email": "eve@example.com"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
        .status_code
        for number in range(6)
    ]
    assert answers == [303] * 5 + [429]
    assert len(mails) == 5


@pytest.mark.parametrize("email", ["ada@example.com", "eve@example.com"])
@pytest.mark.usefixtures("client")
def test_says_the_same_to_everybody_while_no_mail_can_be_sent(
    app: Flask, stranger: FlaskClient, email: str
) -> None:
    app.extensions["mail"].port = 1
    response = stranger.post("/auth/forgotten", data={"email": email})
    assert response.status_code == 503
    assert "unavailable. Try again in a minute." in response.text
