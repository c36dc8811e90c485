"""Requests to reset a password reveal nothing in logs or pages."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask

pytest_plugins = ["postbox"]

ADA = {"email": "ada@example.com", "password": "correct horse battery"}


def test_writes_no_address_into_the_log_beyond_the_limit(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app(LOG_FORMAT="json")
    for number in range(6):
        response = app.test_client().post(
            "/auth/forgotten",
            data={"email": "ada@example.com"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
    assert response.status_code == 429
    (line,) = (line for line in capsys.readouterr().err.splitlines() if "exceeded" in line)
    assert "ada@example.com" not in line


def test_counts_also_who_gives_no_address(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    client = make_app(LOG_FORMAT="json").test_client()
    assert client.post("/auth/forgotten", data={"email": ""}).status_code == 422
    assert "Skipping limit" not in capsys.readouterr().err


def test_sends_no_link_to_an_account_that_is_closed(
    make_app: Callable[..., Flask], mail_server: dict[str, object], mails: list[EmailMessage]
) -> None:
    app = make_app(**mail_server)
    visitor = app.test_client()
    visitor.post("/auth/register", data=ADA)
    app.test_cli_runner().invoke(args=["users", "disable", ADA["email"]])
    response = visitor.post("/auth/forgotten", data={"email": ADA["email"]})
    assert response.status_code == 303
    assert "Your account is disabled" in mails[0].get_content()
    assert "/auth/reset" not in mails[0].get_content()
