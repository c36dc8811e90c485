"""Open pages in all processes are notified of changes after the commit."""

import time
from collections.abc import Callable
from collections.abc import Iterator
from importlib import import_module
from socket import socketpair
from subprocess import Popen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from socketio import SimpleClient
from socketio.exceptions import ConnectionError as RefusedError
from socketio.exceptions import DisconnectedError
from socketio.exceptions import TimeoutError as SilenceError
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

pytest_plugins = ["sockets"]
pytestmark = pytest.mark.slow

Serve = Callable[..., tuple[str, Popen[bytes]]]
Listen = Callable[..., SimpleClient]
CHANGED = ["changed", "notes"]


def test_notifies_pages_in_all_processes(
    client: FlaskClient, servers: list[str], listen: Listen
) -> None:
    pages = [listen(url) for url in servers * 4]
    time.sleep(1)  # until all of them listen to Redis, too
    note = client.post("/notes/new", data={"title": "Water the plants"}).headers["Location"]
    client.post(f"{note}/edit", data={"title": "Repot them"})
    client.post(f"{note}/delete")
    for page in pages:
        assert [page.receive(10) for _ in range(3)] == [CHANGED] * 3


@pytest.fixture
def page(client: FlaskClient, servers: list[str], listen: Listen) -> SimpleClient:
    """An open page, where there is a note."""
    client.post("/notes/new", data={"title": "Water the plants"})
    page = listen(servers[-1])
    time.sleep(1)  # until it listens to Redis, too
    return page


@pytest.fixture
def session(app: Flask, page: SimpleClient) -> Iterator[Session]:
    """A session that has changed the note, and has not yet committed it."""
    assert page.connected
    note = import_module(f"{app.import_name}.notes.models").Note
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        session.scalars(select(note)).one().title = "Repot them"
        session.flush()
        yield session


def test_does_not_notify_of_rolled_back_changes(page: SimpleClient, session: Session) -> None:
    session.rollback()
    session.commit()
    with pytest.raises(SilenceError):
        page.receive(1)


def test_notifies_of_changes_before_a_rolled_back_savepoint(
    page: SimpleClient, session: Session
) -> None:
    session.begin_nested().rollback()
    session.commit()
    assert page.receive(10) == CHANGED


def test_frees_the_thread_of_a_vanished_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = import_module(f"{app.import_name}.live.door")
    monkeypatch.setattr(door, "SILENCE", 0.1)
    here, there = socketpair()
    environ = EnvironBuilder("/socket.io/").get_environ() | {"gunicorn.socket": here}
    if found := client.get_cookie("session"):
        environ["HTTP_COOKIE"] = f"session={found.value}"
    outer = door.Door(app, lambda environ, _: [environ["gunicorn.socket"].recv(1)])
    with here, there, pytest.raises(TimeoutError):
        outer(environ, lambda *_: None)
    assert outer.seats.acquire(blocking=False)


def test_refuses_pages_of_other_hosts(servers: list[str], listen: Listen) -> None:
    with pytest.raises(RefusedError):
        listen(servers[0], websocket_extra_options={"origin": "https://elsewhere.example"})
    with pytest.raises(RefusedError):
        listen(servers[0], transport="polling")


def test_works_while_redis_is_unavailable_and_keeps_threads_for_pages(
    write: Callable[[str, str], None], serve: Serve, listen: Listen
) -> None:
    url, _ = serve(LIVE_SOCKETS="2", REDIS_URL="redis://127.0.0.1:1/0")
    pages = [listen(url) for _ in range(2)]
    with pytest.raises(RefusedError):
        listen(url)
    write(url, "Water the plants")
    assert [page.receive(10) for page in pages] == [CHANGED] * 2
    pages[0].disconnect()
    time.sleep(0.5)
    assert listen(url).connected


def test_closes_sockets_when_it_stops(serve: Serve, listen: Listen) -> None:
    url, process = serve()
    page = listen(url)
    process.terminate()
    assert process.wait(15) == 0
    with pytest.raises(DisconnectedError):
        page.receive(10)
