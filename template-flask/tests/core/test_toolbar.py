"""The debug toolbar is shown in debug mode only."""

import sys
from collections.abc import Callable

import pytest
from flask import Flask
from flask import redirect
from flask.testing import FlaskClient

BAR = 'id="flDebug"'


def test_is_on_pages_and_tells_no_secret_while_one_develops(make_app: Callable[..., Flask]) -> None:
    app = make_app(DEBUG=True)
    response = app.test_client().get("/")
    assert BAR in response.text
    assert str(app.secret_key) not in response.text
    assert "script-src 'self' 'unsafe-inline'" in response.headers["Content-Security-Policy"]


def test_leaves_redirects_and_everything_but_pages_alone(make_app: Callable[..., Flask]) -> None:
    app = make_app(DEBUG=True)
    app.add_url_rule("/away", view_func=lambda: redirect("/", 303))
    assert app.test_client().get("/away").status_code == 303
    response = app.test_client().get("/livez")
    assert response.json == {"status": "ok"}
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_is_not_there_in_production(app: Flask, client: FlaskClient) -> None:
    response = client.get("/")
    assert BAR not in response.text
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not [rule for rule in app.url_map.iter_rules() if "debug" in rule.endpoint]


def test_is_not_needed_in_production(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "flask_debugtoolbar", None)
    assert make_app().test_client().get("/").status_code == 200
    with pytest.raises(ImportError):
        make_app(DEBUG=True)
