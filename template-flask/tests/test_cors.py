"""Pages of named origins may call the API; no other page may, and nothing but the API."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

NAMED = "https://b.example https://app.example http://[::1]:3000"
ALLOWED = "Access-Control-Allow-Origin"
DOCUMENT = "/api/openapi.json"


def ask(app: Flask, path: str, origin: str) -> TestResponse:
    """Ask as a browser does before it sends JSON to another origin."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
    asked["Access-Control-Request-Headers"] = "content-type"
    return app.test_client().options(path, headers=asked)


@pytest.mark.parametrize("origin", NAMED.split())
@pytest.mark.parametrize("path", [DOCUMENT, "/api/missing"])
def test_a_named_origin_may_read_answers(
    make_app: Callable[..., Flask], path: str, origin: str
) -> None:
    response = make_app(CORS_ORIGINS=NAMED).test_client().get(path, headers={"Origin": origin})
    assert response.headers.getlist(ALLOWED) == [origin]
    assert response.headers["Access-Control-Allow-Credentials"] == "true"
    assert "Origin" in response.headers["Vary"]


def test_a_named_origin_may_send_json(make_app: Callable[..., Flask]) -> None:
    response = ask(make_app(CORS_ORIGINS=NAMED), DOCUMENT, "https://app.example")
    assert response.headers[ALLOWED] == "https://app.example"
    assert "PATCH" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "content-type"


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "http://app.example",
        "https://app.example:444",
        "https://app.example.evil.example",
        "https://appxexample",
        "null",
    ],
)
def test_no_other_origin_may(make_app: Callable[..., Flask], origin: str) -> None:
    app = make_app(CORS_ORIGINS=NAMED)
    read = app.test_client().get(DOCUMENT, headers={"Origin": origin})
    for response in (read, ask(app, DOCUMENT, origin)):
        assert ALLOWED not in response.headers


@pytest.mark.parametrize("path", ["/", "/static/site.css", "/livez"])
def test_nothing_but_the_api_is_open(make_app: Callable[..., Flask], path: str) -> None:
    app = make_app(CORS_ORIGINS=NAMED)
    headers = {"Origin": "https://app.example"}
    response = app.test_client().get(path, headers=headers, buffered=True)
    assert response.status_code == 200
    assert ALLOWED not in response.headers


def test_nothing_is_open_unless_it_is_asked_for(make_app: Callable[..., Flask]) -> None:
    assert ALLOWED not in ask(make_app(), DOCUMENT, "https://app.example").headers


@pytest.mark.parametrize("origins", ["*", "app.example", "https://*.example", "https://a.example/"])
def test_refuses_what_names_no_origin(make_app: Callable[..., Flask], origins: str) -> None:
    with pytest.raises(RuntimeError, match="CORS_ORIGINS: "):
        make_app(CORS_ORIGINS=origins)
