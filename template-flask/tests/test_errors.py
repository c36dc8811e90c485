"""Errors are pages, and they give nothing away."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask import abort
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


@pytest.mark.parametrize("status", [400, 403, 413, 422, 429, 503])
def test_shows_a_page_for_every_error(app: Flask, status: int) -> None:
    app.add_url_rule("/stop", view_func=lambda: abort(status))
    response = app.test_client().get("/stop")
    assert response.status_code == status
    assert f"Error {status}" in response.text


def test_tells_a_visitor_nothing_about_a_crash(make_app: Callable[..., Flask]) -> None:
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/crash", view_func=lambda: str(int("the password")))
    response = app.test_client().get("/crash")
    assert response.status_code == 500
    assert "<h1>Internal Server Error</h1>" in response.text
    assert "the password" not in response.text
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
