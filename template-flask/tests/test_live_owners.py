"""Users are notified of their own notes only, and not after signing out."""

import time
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from socketio import SimpleClient
from socketio.exceptions import ConnectionError as RefusedError
from socketio.exceptions import TimeoutError as SilenceError

pytest_plugins = ["sockets"]
pytestmark = pytest.mark.slow

Listen = Callable[..., SimpleClient]


def test_refuses_a_stranger(servers: list[str], stranger: FlaskClient, listen: Listen) -> None:
    with pytest.raises(RefusedError):
        listen(servers[0], stranger)


def test_does_not_notify_of_notes_of_others(
    servers: list[str], client: FlaskClient, other: FlaskClient, listen: Listen
) -> None:
    mine, theirs = listen(servers[0], client), listen(servers[0], other)
    time.sleep(1)  # until it listens to Redis
    client.post("/notes/new", data={"title": "Water the plants"})
    assert mine.receive(10) == ["changed", "notes"]
    with pytest.raises(SilenceError):
        theirs.receive(1)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/auth/sign-out", {}),
        ("/auth/sign-out", {"everywhere": "yes"}),
        (
            "/auth/password",
            {"old_password": "correct horse battery", "password": "staple of batteries"},
        ),
    ],
)
def test_closes_sockets_at_the_end_of_a_session(
    servers: list[str], client: FlaskClient, listen: Listen, path: str, data: dict[str, str]
) -> None:
    pages = [listen(url) for url in servers]
    time.sleep(1)
    assert client.post(path, data=data).status_code == 303
    for page in pages:
        for _ in range(100):
            time.sleep(0.1 if page.connected else 0)
        assert not page.connected
