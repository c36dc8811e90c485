"""Errors are pages that reveal no internals."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask import abort
from flask import flash
from flask.testing import FlaskClient


def test_shows_a_page_where_there_is_nothing(client: FlaskClient) -> None:
    response = client.get("/missing")
    assert response.status_code == 404
    assert "<h1>Not Found</h1>" in response.text


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "BREW"])
def test_says_which_methods_a_page_takes(client: FlaskClient, method: str) -> None:
    response = client.open("/", method=method)
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(response.headers["Allow"].split(", "))
    assert "<h1>Method Not Allowed</h1>" in response.text


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (400, "reload the page and try again"),
        (403, "You do not have access to this page."),
        (404, "typing errors"),
        (405, "Go back to the page that you came from"),
        (413, "Send less text or a smaller file"),
        (429, "Wait a moment"),
        (500, "The error has been logged"),
        (503, "Try again in a minute"),
    ],
)
def test_gives_advice_for_every_error(own_app: Flask, status: int, advice: str) -> None:
    own_app.add_url_rule("/stop", view_func=lambda: abort(status))
    response = own_app.test_client().get("/stop")
    assert response.status_code == status
    assert f"Error {status}" in response.text
    assert advice in response.text


def test_screen_readers_announce_errors(own_app: Flask) -> None:
    @own_app.get("/flash")
    def fail() -> str:
        flash("Not saved.", "error")
        return "done"

    client = own_app.test_client()
    client.get("/flash")
    assert '<p class="flash error" role="alert">Not saved.</p>' in client.get("/").text


def test_reveals_nothing_about_a_crash(make_app: Callable[..., Flask]) -> None:
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/crash", view_func=lambda: str(int("the password")))
    response = app.test_client().get("/crash")
    assert response.status_code == 500
    assert "<h1>Internal Server Error</h1>" in response.text
    assert "the password" not in response.text
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
