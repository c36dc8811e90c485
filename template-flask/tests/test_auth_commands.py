"""Accounts are created, promoted and disabled on the command line."""

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

GRACE = {"email": "grace@example.com", "password": "a compiler of one's own"}


def users(app: Flask, *command: str) -> Result:
    typed = f"{GRACE['password']}\n" * 2
    return app.test_cli_runner().invoke(args=["users", *command], input=typed)


@pytest.mark.parametrize(("options", "admin"), [([], False), (["--admin"], True)])
def test_makes_an_account(
    app: Flask, stranger: FlaskClient, options: list[str], *, admin: bool
) -> None:
    assert users(app, "create", "Grace@example.com", *options).exit_code == 0
    assert stranger.post("/auth/sign-in", data=GRACE).status_code == 303
    assert ("an administrator" in stranger.get("/auth/me").text) is admin


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["create", "ada@example.com"], "ada@example.com has an account."),
        (["create", "ada"], "This is not a valid e-mail address."),
        (["create", f"{'a' * 60}@{'b' * 250}.example"], "This is not a valid e-mail address."),
        (["create", "eve@example.com", "--password", "short"], "needs 15 to 1024 characters"),
        (["create", "eve@example.com", "--password", "x" * 1025], "needs 15 to 1024 characters"),
        (["promote", "eve@example.com"], "eve@example.com has no account."),
        (["demote", "eve@example.com"], "eve@example.com has no account."),
        (["disable", "eve@example.com"], "eve@example.com has no account."),
        (["enable", "eve@example.com"], "eve@example.com has no account."),
    ],
)
@pytest.mark.usefixtures("client")
def test_says_what_is_wrong(app: Flask, command: list[str], message: str) -> None:
    result = users(app, *command)
    assert result.exit_code > 0
    assert message in result.output


def test_promotes_and_demotes_somebody(app: Flask, client: FlaskClient) -> None:
    assert "an administrator" not in client.get("/auth/me").text
    assert users(app, "promote", "ada@example.com").exit_code == 0
    assert "an administrator" in client.get("/auth/me").text
    assert users(app, "demote", "ada@example.com").exit_code == 0
    assert "an administrator" not in client.get("/auth/me").text


def test_disabling_an_account_ends_its_sessions(app: Flask, client: FlaskClient) -> None:
    assert users(app, "disable", "ada@example.com").exit_code == 0
    assert client.get("/auth/me").status_code == 303
    ada = {"email": "ada@example.com", "password": "correct horse battery"}
    assert client.post("/auth/sign-in", data=ada).status_code == 422
    assert users(app, "enable", "ada@example.com").exit_code == 0
    assert client.get("/auth/me").status_code == 303
    assert client.post("/auth/sign-in", data=ada).status_code == 303
