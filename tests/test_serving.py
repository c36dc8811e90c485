"""The production server, as it is deployed: stopped, killed and replaced under load."""

import html
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from http.client import HTTPConnection
from http.client import HTTPException
from pathlib import Path
from socket import create_connection
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from copying import Template
from running import DOCUMENTED_PORT
from running import Project
from running import free_port
from running import oldest_python
from running import proving

pytestmark = pytest.mark.project

ANSWERS: dict[str, dict[str, Any]] = {
    "fastapi": {"auth": "none"},
    "flask": {"extensions": ["sign_in"]},
}
WAYS = [
    ("fastapi", "compose", "postgresql"),
    ("fastapi", "compose", "sqlite"),
    ("fastapi", "kubernetes", "postgresql"),
    ("flask", "compose", "postgresql"),
    ("flask", "compose", "sqlite"),
    ("flask", "kubernetes", "postgresql"),
]


# A cluster has proxies of its own; tests/core/test_drain.py of the project stands in for them.
behind_a_proxy = pytest.mark.parametrize(
    "project", [way for way in WAYS if "kubernetes" not in way], ids="-".join, indirect=True
)


@pytest.fixture(scope="module", params=WAYS, ids="-".join)
def project(
    request: pytest.FixtureRequest, template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Project, dict[str, str]]]:
    """A project that is installed, with a migrated database."""
    framework, where, database = request.param
    tmp_path = tmp_path_factory.mktemp(framework)
    answers = {"tailor": "choose", "framework": framework, "container": True, "database": database}
    root = template.render(tmp_path / where, **answers, **ANSWERS[framework], deploy=where)
    project = Project(root, oldest_python())
    with proving(request, project), installed(project) as env:
        env |= {"DRAIN_SECONDS": "3", "SECRET_KEY": secrets.token_urlsafe()}
        if where == "compose":
            env["PROCESSES"] = "2"
        project.release(env)
        yield project, env


@contextmanager
def installed(project: Project) -> Iterator[dict[str, str]]:
    """Install a project for its tests and as in production, and start the servers it needs."""
    project.uv("sync")
    project.uv("sync", "--no-dev", "--no-editable", UV_PROJECT_ENVIRONMENT=".venv-production")
    (project.root / "home").mkdir()
    with project.servers() as env:
        yield env


@contextmanager
def serving(project: Project, env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """In a session of its own: killing that kills every process of the service."""
    command = [part.replace(DOCUMENTED_PORT, str(port)) for part in project.start_command]
    command[0] = str(project.root / ".venv-production/bin" / command[0])
    with (project.root / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=project.root,
            env=project.production | env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(port)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int, path: str = "/readyz") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=10)) as asked:
            asked.request("GET", path)
            response = asked.getresponse()
            response.read()
            if response.status < 500:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody answers at port {port}")


@dataclass
class Load:
    """Clients that keep their connections and write notes, one after the other."""

    port: int
    form: dict[str, str] = field(default_factory=dict)  # for pages, with the cookie of a visitor
    enough: Event = field(default_factory=Event)
    written: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    slowest: float = 0

    @contextmanager
    def running(self, clients: int = 6) -> Iterator[None]:
        with ThreadPoolExecutor(clients) as pool:
            loads = [pool.submit(self.write) for _ in range(clients)]
            try:
                time.sleep(1)
                yield
            finally:
                self.enough.set()
            for load in loads:
                load.result()

    def write(self) -> None:
        while not self.enough.is_set():
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                while not self.enough.is_set() and self.write_one(connection):
                    pass
            except (OSError, HTTPException) as error:
                self.failed.append(repr(error))
                time.sleep(0.05)
            finally:
                connection.close()

    def write_one(self, connection: HTTPConnection) -> bool:
        """Write one note, and tell whether the connection stays."""
        start = time.monotonic()
        if self.form:
            path, body, headers = "/notes/new", self.form["body"], {"Cookie": self.form["cookie"]}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        else:
            path, body = "/notes", json.dumps({"title": "load"})
            headers = {"Content-Type": "application/json"}
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        self.slowest = max(self.slowest, time.monotonic() - start)
        if response.status == 201:
            self.written.append(f"/notes/{json.loads(text)['id']}")
        elif response.status == 303 and response.getheader("Location", "").startswith("/notes/"):
            self.written.append(str(response.getheader("Location")))
        else:
            self.failed.append(f"{response.status} {text}")
        return not response.will_close


def visitor(port: int) -> dict[str, str]:
    """Sign in where one has to, and open the form; services have none."""
    account = {"email": f"{secrets.token_hex(8)}@example.com", "password": "a long one, " * 2}
    cookie, body = "", ""
    for path, sent in (("/auth/register", account), ("/notes/new", {"title": "load"})):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', response.read().decode())
        if not token:
            connection.close()
            return {}
        cookie = response.getheader("Set-Cookie", cookie).partition(";")[0]
        body = urlencode({**sent, "csrf_token": html.unescape(token[1])})
        if sent is account:
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            response.read()
            assert response.status == 303
            cookie = response.getheader("Set-Cookie", cookie).partition(";")[0]
        connection.close()
    return {"cookie": cookie, "body": body}


def lost(port: int, load: Load) -> list[str]:
    """Which notes are not there, though somebody was told so."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    missing = []
    for note in load.written:
        connection.request("GET", note, headers={"Cookie": load.form.get("cookie", "")})
        response = connection.getresponse()
        response.read()
        missing += [note] if response.status != 200 else []
    connection.close()
    return missing


def test_a_killed_server_has_kept_whatever_it_confirmed(
    project: tuple[Project, dict[str, str]],
) -> None:
    port = free_port()
    load = Load(port)
    with serving(*project, port) as server:
        load.form = visitor(port)
        with load.running():
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert load.failed  # it was under way
    assert load.written
    with serving(*project, port):
        assert lost(port, load) == []


@contextmanager
def proxied(project: Project, port: int) -> Iterator[int]:
    """The project's own proxy, in front of this port, without certificates."""
    outside = free_port()
    text = (project.root / "proxy/Caddyfile").read_text()
    file = project.root / "home/Caddyfile"
    file.write_text(
        re.sub(r"app:8000", f"127.0.0.1:{port}", text).replace("{\n", "{\n\tadmin off\n", 1)
    )
    caddy = Path(sys.executable).with_name("caddy")
    env = {"HOME": str(file.parent), "DOMAIN": f"http://127.0.0.1:{outside}"}
    with (project.root / "proxy.log").open("wb") as log:
        command = [str(caddy), "run", "--adapter", "caddyfile", "--config", str(file)]
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        wait_for(outside, "/notes")
        yield outside
    finally:
        process.terminate()
        process.wait()


@behind_a_proxy
def test_an_update_behind_the_proxy_loses_no_request(
    project: tuple[Project, dict[str, str]],
) -> None:
    """Compose stops the old container, and starts the new one once that has ended."""
    port = free_port()
    with serving(*project, port) as old, proxied(project[0], port) as outside:
        load = Load(outside, visitor(outside))
        with load.running():
            old.send_signal(signal.SIGTERM)
            assert old.wait(timeout=30) in {0, -signal.SIGTERM}
            before = len(load.written)
            with serving(*project, port):
                time.sleep(2)
                assert len(load.written) > before
                load.enough.set()
                time.sleep(1)
        print(f"{len(load.written)} written, the slowest in {load.slowest:.1f} s")
        assert load.failed == []
        assert before


def trickle(port: int, seconds: float) -> None:
    """Send a form as a poor connection would, and hang up."""
    head = "POST /notes/new HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.encode())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            connection.sendall(b"x")
            time.sleep(0.2)


@behind_a_proxy
def test_slow_clients_behind_the_proxy_keep_nobody_waiting(
    project: tuple[Project, dict[str, str]],
) -> None:
    port = free_port()
    with serving(*project, port), proxied(project[0], port) as outside:
        with ThreadPoolExecutor(40) as pool:  # more than there are threads
            slow = [pool.submit(trickle, outside, 12) for _ in range(40)]
            time.sleep(2)
            wait_for(outside, "/notes")
            assert not any(each.done() for each in slow)
        assert [each.exception() for each in slow] == [None] * 40
