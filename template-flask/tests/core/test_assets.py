"""Browsers cache static files until their content changes."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask import url_for
from flask.testing import FlaskClient

FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture
def browser(make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(STATIC_HASHES=True).test_client()


def test_names_files_by_what_they_hold(browser: FlaskClient) -> None:
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', browser.get("/").text)
    assert any(re.fullmatch(r"/static/vendor/pico\.min\.[0-9a-f]{16}\.css", link) for link in links)
    for link in links:
        response = browser.get(link, buffered=True)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, FOR_GOOD)
        known = {"If-None-Match": response.headers["ETag"]}
        again = browser.get(link, headers=known, buffered=True)
        assert (again.status_code, again.headers["Cache-Control"]) == (304, FOR_GOOD)


@pytest.mark.parametrize("name", ["site.css", "site.0123456789abcdef.css"])
def test_has_other_names_asked_for_again(browser: FlaskClient, name: str) -> None:
    """During a release the pages of one version ask for the files of the other."""
    response = browser.get(f"/static/{name}", buffered=True)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")
    assert response.content_type == "text/css; charset=utf-8"


@pytest.mark.parametrize("name", ["missing.css", "%2e%2e/home.py", "vendor", "..%2fhome.py"])
def test_serves_only_what_is_there(browser: FlaskClient, name: str) -> None:
    response = browser.get(f"/static/{name}")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


def test_keeps_the_name_of_a_file_that_is_not_there(browser: FlaskClient) -> None:
    with browser.application.test_request_context():
        assert url_for("static", filename="missing.css") == "/static/missing.css"
