"""Errors of the API are problem details, it accepts JSON only, and has documentation."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask import abort
from flask.testing import FlaskClient

PROBLEM = "application/problem+json"


@pytest.fixture
def path(app: Flask) -> str:
    """The path of an endpoint of the API that accepts POST."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    return next(rule.rule for rule in rules if "POST" in (rule.methods or set()))


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 415, 422, 429, 503])
def test_answers_every_error_with_a_problem(
    own_app: Flask, client: FlaskClient, status: int
) -> None:
    own_app.add_url_rule("/api/stop", view_func=lambda: abort(status))
    response = client.get("/api/stop")
    assert (response.status_code, response.content_type) == (status, PROBLEM)
    assert response.get_json() == {
        "type": "about:blank",
        "title": response.get_json()["title"],
        "status": status,
    }


@pytest.mark.parametrize("path", ["/api/missing", "/api/docs/", "/api/openapi.json/"])
def test_knows_no_such_address(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (404, PROBLEM)


def test_says_which_methods_an_endpoint_takes(client: FlaskClient, path: str) -> None:
    response = client.put(path, json={})
    assert (response.status_code, response.content_type) == (405, PROBLEM)
    assert "POST" in response.headers["Allow"].split(", ")


def test_leaves_the_errors_of_pages_alone(client: FlaskClient) -> None:
    for missing in ("/missing", "/api"):
        response = client.get(missing)
        assert (response.status_code, response.mimetype) == (404, "text/html")


def test_an_unexpected_error_reveals_nothing(own_app: Flask, client: FlaskClient) -> None:
    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    own_app.add_url_rule("/api/crash", view_func=lambda: str(int("hunter2")))
    response = client.get("/api/crash")
    assert (response.status_code, response.content_type) == (500, PROBLEM)
    assert response.get_json().keys() == {"type", "title", "status"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 422),
        (b'{"\\ud800": 1}', 422),
        (b'{"title": "\\ud800", "text": "\\ud800"}', 422),
        (b'{"title": NaN, "text": NaN}', 422),
        (b'{"title": "\xff"}', 400),
        (b'{"title": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b" " * (1024 * 1024 + 1), 413),
    ],
)
def test_refuses_hostile_bodies(client: FlaskClient, path: str, body: bytes, status: int) -> None:
    response = client.post(path, data=body, content_type="application/json")
    assert (response.status_code, response.content_type) == (status, PROBLEM)


def test_never_echoes_input(client: FlaskClient, path: str) -> None:
    response = client.post(path, json={"title": ["hunter2"], "text": ["hunter2"]})
    assert response.status_code == 422
    assert "hunter2" not in response.text


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_takes_nothing_that_another_site_could_send(
    client: FlaskClient, path: str, kind: str
) -> None:
    """Refuse content types that browsers send across sites without a preflight request."""
    response = client.post(path, data=b"{}", content_type=kind)
    assert (response.status_code, response.content_type) == (415, PROBLEM)


def test_tells_browsers_to_send_nothing_from_other_sites(client: FlaskClient, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    response = client.options(path, headers=asked)
    assert "Access-Control-Allow-Origin" not in response.headers


def test_needs_no_token(make_app: Callable[..., Flask], path: str) -> None:
    """JSON cannot be sent across sites without a preflight request."""
    response = make_app(WTF_CSRF_ENABLED=True).test_client().post(path, json=[])
    assert response.status_code in {401, 422}


def test_page_loads_only_what_the_app_has(client: FlaskClient) -> None:
    response = client.get("/api/docs")
    links = re.findall(r'(?:src|href|data-url)="([^"]+)"', response.text)
    assert "/api/openapi.json" in links
    assert {client.get(link, buffered=True).status_code for link in links} == {200}
    assert not re.search(r"<script>|<script[^>]*>[^<]| on\w+=", response.text)
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_page_is_linked_from_the_start(client: FlaskClient) -> None:
    assert 'href="/api/docs"' in client.get("/").text
