"""E-mails reach the server unchanged; a failure is reported to the user."""

from collections.abc import Callable
from email.message import EmailMessage
from importlib import import_module
from socket import create_server

import pytest
from flask import Flask
from flask_mail import BadHeaderError
from werkzeug.exceptions import ServiceUnavailable

pytest_plugins = ["postbox"]

NEEDED = {
    "DEBUG": False,
    "MAIL_SERVER": "mail.example.com",
    "MAIL_DEFAULT_SENDER": "notes@example.com",
    "PUBLIC_URL": "https://notes.example.com",
    "TESTING": False,
}


def send(app: Flask, *message: object) -> None:
    with app.app_context():
        import_module(f"{app.import_name}.core.mail").send(*message)


def sending(app: Flask) -> Flask:
    """Give the app a page that sends a mail."""

    @app.get("/send")
    def send_it() -> str:
        send(app, "ada@example.com", "Hello", "How are you?")
        return "Sent."

    return app


def test_sends_letters_of_any_alphabet(
    make_app: Callable[..., Flask], mail_server: dict[str, object], mails: list[EmailMessage]
) -> None:
    subject = "Grüße an 木村 – " + "ein langer Betreff, der umbrochen wird, " * 3
    send(make_app(**mail_server), ("Zoë Ångström", "zoe@example.com"), subject, "Ça va?\n.\nOui.")
    [mail] = mails
    assert mail["Subject"].strip() == subject.strip()
    assert str(mail["To"]) == "Zoë Ångström <zoe@example.com>"
    assert str(mail["From"]) == "Größe & Co <notes@example.com>"
    assert mail.get_content().split() == ["Ça", "va?", ".", "Oui."]
    assert mail["X-RcptTo"] == "zoe@example.com"


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ada@example.com", "Hello\r\nBcc: eve@example.com"),
        ("ada@example.com", "Hello\nBcc: eve@example.com"),
        ("ada@example.com\r\nBcc: eve@example.com", "Hello"),
        (("Ada\nBcc: eve@example.com", "ada@example.com"), "Hello"),
    ],
)
def test_rejects_injected_headers(
    make_app: Callable[..., Flask],
    mail_server: dict[str, object],
    mails: list[EmailMessage],
    to: object,
    subject: str,
) -> None:
    with pytest.raises(BadHeaderError):
        send(make_app(**mail_server), to, subject, "text")
    assert mails == []


def test_answers_503_while_the_server_is_unavailable(
    make_app: Callable[..., Flask], mail_server: dict[str, object]
) -> None:
    with create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    app = sending(make_app(**mail_server | {"MAIL_PORT": port}))
    response = app.test_client().get("/send")
    assert response.status_code == 503
    assert "unavailable. Try again in a minute." in response.text


def test_tells_the_log_why_but_not_for_whom(
    make_app: Callable[..., Flask],
    mail_server: dict[str, object],
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = make_app(**mail_server | {"LOG_FORMAT": "json"})
    with pytest.raises(ServiceUnavailable):
        send(app, "nobody@example.com", "Hello", "How are you?")
    (line,) = (line for line in capsys.readouterr().err.splitlines() if "mail was not" in line)
    assert '"reason": "SMTPRecipientsRefused 550"' in line
    assert "nobody@" not in line


def test_does_not_wait_for_ever(
    make_app: Callable[..., Flask],
    mail_server: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        app = sending(make_app(**mail_server | {"MAIL_PORT": port}))
        monkeypatch.setattr(f"{app.import_name}.core.mail.TIMEOUT", 0.2)
        assert app.test_client().get("/send").status_code == 503


def test_requires_tls_by_default(
    make_app: Callable[..., Flask], mail_server: dict[str, object], mails: list[EmailMessage]
) -> None:
    app = sending(make_app(**mail_server | {"MAIL_USE_TLS": True}))
    assert app.test_client().get("/send").status_code == 503
    assert mails == []


def test_shows_mail_in_the_log_of_a_developer(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    send(make_app(LOG_FORMAT="json"), "ada@example.com", "Hello", "How are you?")
    assert "How are you?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["MAIL_SERVER", "MAIL_DEFAULT_SENDER", "PUBLIC_URL"])
def test_does_not_start_without(make_app: Callable[..., Flask], name: str) -> None:
    assert make_app(**NEEDED)
    with pytest.raises(RuntimeError, match=f"Set {name} to "):
        make_app(**NEEDED | {name: ""})
