"""Fixtures for tests of live updates: processes of the app, and Socket.IO clients."""

import os
import re
import socket
import sys
import time
from collections.abc import Callable
from collections.abc import Iterator
from subprocess import Popen
from urllib.parse import urlencode
from urllib.request import Request
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from socketio import SimpleClient

Serve = Callable[..., tuple[str, Popen[bytes]]]
Listen = Callable[..., SimpleClient]


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            with urlopen(f"{url}/livez"):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("It does not start.")


@pytest.fixture(scope="module")
def serve(shared_app: Flask) -> Iterator[Serve]:
    """Start the app with gunicorn; returns its URL and process."""
    processes: list[Popen[bytes]] = []
    same = {name: str(shared_app.config[name]) for name in ("DATABASE_URL", "SECRET_KEY")}

    def start(*options: str, **env: str) -> tuple[str, Popen[bytes]]:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port: int = unused.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--threads=8"]
        factory = f"{shared_app.import_name}:create_app({{'TESTING': True}})"
        process = Popen([*command, *options, factory], env=os.environ | same | env)  # noqa: S603
        processes.append(process)
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        return url, process

    yield start
    for process in processes:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def servers(serve: Serve) -> list[str]:
    """One server with two processes, and another with one."""
    return [serve("--workers=2")[0], serve()[0]]


def cookie(client: FlaskClient) -> str:
    """The Cookie header with the session of a client."""
    found = client.get_cookie("session")
    return f"session={found.value}" if found else ""


@pytest.fixture
def listen(client: FlaskClient) -> Iterator[Listen]:
    """Connect a Socket.IO client, as an open page does."""
    sockets: list[SimpleClient] = []

    def start(
        url: str, who: FlaskClient = client, transport: str = "websocket", **options: object
    ) -> SimpleClient:
        sockets.append(SimpleClient(reconnection=False, **options))
        sockets[-1].connect(url, headers={"Cookie": cookie(who)}, transports=[transport])
        return sockets[-1]

    yield start
    for one in sockets:
        one.disconnect()


@pytest.fixture
def write(client: FlaskClient) -> Callable[[str, str], None]:
    """Create a note in one of the processes, by its form."""

    def start(url: str, title: str) -> None:
        headers = {"Cookie": cookie(client)}
        with urlopen(Request(f"{url}/notes/new", headers=headers)) as form:  # noqa: S310
            token = re.findall(r'name="csrf_token" value="([^"]+)"', form.read().decode())[0]
            headers["Cookie"] = (form.headers["Set-Cookie"] or cookie(client)).split(";")[0]
        data = urlencode({"title": title, "csrf_token": token}).encode()
        with urlopen(Request(f"{url}/notes/new", data, headers)) as page:  # noqa: S310
            assert title in page.read().decode()

    return start
