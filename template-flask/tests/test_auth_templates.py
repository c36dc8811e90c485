"""Templates know the current user."""

from flask import Flask
from flask.testing import FlaskClient


def test_templates_know_who_asks(own_app: Flask, client: FlaskClient) -> None:
    @own_app.get("/who")
    def who() -> str:
        return str(own_app.jinja_env.globals["current_user"])

    assert client.get("/who").text == "ada@example.com"
