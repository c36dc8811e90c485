"""Liveness and readiness probes."""

from flask import Flask
from flask.testing import FlaskClient


def test_lives(client: FlaskClient) -> None:
    assert client.get("/livez").json == {"status": "ok"}


def test_is_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").json == {"status": "ok"}


def test_is_not_ready_while_something_is_down(app: Flask) -> None:
    app.extensions["health"]["something"] = lambda: False
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "failed": ["something"]}
