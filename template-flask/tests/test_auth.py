"""Users register, sign in and sign out; the pages do not reveal who has an account."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask import session
from flask.testing import FlaskClient

ADA = {"email": "ada@example.com", "password": "correct horse battery"}


def may_come_in(client: FlaskClient) -> bool:
    return client.get("/auth/me").status_code == 200


def test_registers_and_is_signed_in(stranger: FlaskClient) -> None:
    assert "Sign in" in stranger.get("/").text
    response = stranger.post("/auth/register", data=ADA | {"email": " Ada@Example.COM "})
    assert response.status_code == 303
    assert response.headers["Location"] == "/"
    page = stranger.get("/auth/me").text
    assert "<strong>ada@example.com</strong>" in page
    assert "administrator" not in page
    assert ">Sign in<" not in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            ADA | {"email": "ADA@example.com"},
            "This address already has an account. Sign in instead.",
        ),
        (ADA | {"email": ""}, "Enter your e-mail address."),
        (ADA | {"email": "ada"}, "This is not a valid e-mail address."),
        (ADA | {"email": "ada@example.com\nx"}, "This is not a valid e-mail address."),
        (ADA | {"email": "ada\0@example.com"}, "This is not a valid e-mail address."),
        (ADA | {"email": "аda@example.com"}, "This is not a valid e-mail address."),
        (ADA | {"email": "a" * 250 + "@example.com"}, "This is not a valid e-mail address."),
        (ADA | {"password": ""}, "Choose a password."),
        (ADA | {"password": "fourteen chars"}, "Use 15 to 1024 characters."),
        (ADA | {"password": "x" * 1025}, "Use 15 to 1024 characters."),
        (ADA | {"password": "ADA@example.com"}, "The password must not be the e-mail address."),
    ],
)
@pytest.mark.usefixtures("client")
def test_says_beside_the_field_what_is_wrong(
    stranger: FlaskClient, data: dict[str, str], message: str
) -> None:
    response = stranger.post("/auth/register", data=data)
    assert response.status_code == 422
    assert message in response.text
    assert not may_come_in(stranger)


def test_takes_no_registrations_where_that_is_set(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(REGISTRATION=False).test_client()
    assert "Register" not in visitor.get("/auth/sign-in").text
    assert visitor.get("/auth/register").status_code == 404
    assert visitor.post("/auth/register", data=ADA).status_code == 404


@pytest.mark.usefixtures("client")
def test_signs_in_and_out(stranger: FlaskClient) -> None:
    response = stranger.post("/auth/sign-in", data=ADA)
    assert response.status_code == 303
    assert may_come_in(stranger)
    assert stranger.get("/auth/sign-out").status_code == 405
    assert stranger.post("/auth/sign-out").status_code == 303
    assert not may_come_in(stranger)


@pytest.mark.usefixtures("client")
def test_does_not_reveal_whether_there_is_an_account(stranger: FlaskClient) -> None:
    pages = []
    for email in ("ada@example.com", "eve@example.com"):
        response = stranger.post("/auth/sign-in", data={"email": email, "password": "a guess"})
        assert response.status_code == 422
        pages.append(re.sub(r'value="[^"]*"', "", response.text))  # the address, and a token
    assert pages[0] == pages[1]
    assert "The e-mail address or the password is wrong." in pages[0]
    assert not may_come_in(stranger)


@pytest.mark.usefixtures("client")
def test_signing_in_clears_the_session(own_app: Flask, stranger: FlaskClient) -> None:
    own_app.add_url_rule("/plant", view_func=lambda: session.update(basket="planted") or "")
    stranger.get("/plant")
    stranger.post("/auth/sign-in", data=ADA)
    with stranger.session_transaction() as held:
        assert "basket" not in held


@pytest.mark.parametrize(("remember", "lasts"), [("y", True), ("", False)])
@pytest.mark.usefixtures("client")
def test_stays_signed_in_on_request(stranger: FlaskClient, remember: str, *, lasts: bool) -> None:
    response = stranger.post("/auth/sign-in", data=ADA | {"remember": remember})
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert ("Expires=" in cookie) is lasts
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.usefixtures("client")
def test_forgets_who_does_not_come_back(make_app: Callable[..., Flask]) -> None:
    seconds = -1  # as if it were over
    app = make_app(PERMANENT_SESSION_LIFETIME=1)
    visitor = app.test_client()
    visitor.post("/auth/sign-in", data=ADA)
    assert may_come_in(visitor)
    app.config["PERMANENT_SESSION_LIFETIME"] = seconds
    assert not may_come_in(visitor)


@pytest.mark.usefixtures("client")
def test_static_files_need_no_session(stranger: FlaskClient) -> None:
    """What a cache may keep says nothing of who asked for it."""
    stranger.post("/auth/sign-in", data=ADA | {"remember": "y"})
    headers = stranger.get("/static/site.css", buffered=True).headers
    assert "Set-Cookie" not in headers
    assert "Vary" not in headers


def test_shows_a_page_even_where_the_user_cannot_be_found_out(
    app: Flask, client: FlaskClient
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        with app.app_context():
            app.test_cli_runner().invoke(args=["db", "downgrade", "base"])
        response = client.get("/auth/me")
    finally:
        with app.app_context():
            app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert response.status_code == 500
    assert "<h1>Internal Server Error</h1>" in response.text
