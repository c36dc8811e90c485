"""Security headers, cookies, request limits, CSRF tokens and the secret key."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask import request
from flask import session
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/", "/missing", "/livez", "/static/site.css"])
def test_sends_security_headers_with_everything(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("key", ["", None, "fifteen letters"])
def test_refuses_to_start_without_a_good_secret(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(RuntimeError, match="Set SECRET_KEY"):
        make_app(SECRET_KEY=key, DEBUG=False)


def test_makes_up_a_secret_for_debugging(make_app: Callable[..., Flask]) -> None:
    keys = {make_app(SECRET_KEY="", DEBUG=True).secret_key for _ in range(2)}
    assert len(keys) == 2


def test_sends_cookies_over_https_only(own_app: Flask) -> None:
    own_app.add_url_rule("/sign-in", view_func=lambda: session.update(name="Ada") or "")
    cookie = own_app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"text": "x" * 2_000_000}, "application/x-www-form-urlencoded"),
        (b"x" * 2_000_000, "multipart/form-data; boundary=x"),
        ({f"field{number}": "" for number in range(101)}, "multipart/form-data"),
    ],
)
def test_refuses_a_request_that_is_too_large(own_app: Flask, data: object, kind: str) -> None:
    own_app.add_url_rule("/form", view_func=lambda: f"{len(request.form)}", methods=["POST"])
    response = own_app.test_client().post("/form", data=data, content_type=kind)
    assert response.status_code == 413
    assert "<h1>Request Entity Too Large</h1>" in response.text


def test_refuses_a_body_of_unknown_length(client: FlaskClient) -> None:
    """Werkzeug would truncate the body at the limit, and accept the rest."""
    response = client.post("/", headers={"Transfer-Encoding": "chunked"})
    assert response.status_code == 411


def test_refuses_a_form_without_its_token(make_app: Callable[..., Flask]) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    app.add_url_rule("/form", view_func=lambda: "done", methods=["POST"])
    response = app.test_client().post("/form")
    assert response.status_code == 400
    assert "reload the page" in response.text


@pytest.mark.parametrize(("hops", "address"), [(None, "127.0.0.1"), (1, "203.0.113.9")])
def test_believes_only_the_proxies_it_knows(
    make_app: Callable[..., Flask], hops: int | None, address: str
) -> None:
    app = make_app(PROXY_HOPS=hops)
    app.add_url_rule("/address", view_func=lambda: str(request.remote_addr))
    headers = {"X-Forwarded-For": "203.0.113.9"}
    assert app.test_client().get("/address", headers=headers).text == address
