"""Load balancers learn whether the app lives and whether it can serve."""

from flask.testing import FlaskClient


def test_lives(client: FlaskClient) -> None:
    assert client.get("/livez").json == {"status": "ok"}


def test_is_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").json == {"status": "ok"}
