"""Install a rendered project, run its commands, and start it as production would."""

import fcntl
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from contextlib import closing
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from functools import cache
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from copying import files
from faults import ANSWERS
from remembered import Proofs
from remembered import digest
from remembered import of_the_host

# The tests as they were when they were imported: somebody may edit them while they run.
READ = {path: path.read_bytes() for path in Path(__file__).parent.glob("*.py")}
DOCUMENTED_PORT = "8000"
OLDEST = os.environ.get("PROJECT_PYTHON", "3.11")  # that projects run on
# What uv needs to know of this machine; everything else would be the developer's.
OF_THE_MACHINE = re.compile(
    r"HOME|PATH|TMPDIR|UV_\w+|SSL_CERT_\w+|(\w+_)?(PROXY|proxy)|LANG|XDG_\w+"
)


def uv() -> str:
    """Prefer the one beside this Python, as the template's own lock says."""
    places = [str(Path(sys.executable).parent), os.environ["PATH"]]
    found = shutil.which("uv", path=os.pathsep.join(places))
    assert found, "uv is not installed"
    return found


@cache
def find_python(version: str) -> str | None:
    """Ask uv, then look where pyenv keeps the versions that it does not put on the path."""
    command = [uv(), "python", "find", "--no-project", version]
    found = subprocess.run(command, env=machine(), capture_output=True, text=True, check=False)
    if found.returncode == 0:
        return found.stdout.strip()
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    kept = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
    return str(kept[-1]) if kept else None


def oldest_python() -> str:
    """Give the oldest that projects run on, or where it is missing the one that runs the tests."""
    return find_python(OLDEST) or sys.executable


def machine() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if OF_THE_MACHINE.fullmatch(name)}
    return kept | {"UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1"}


@dataclass(frozen=True)
class Project:
    """A project that has been rendered, and the Python that runs it."""

    root: Path
    python: str

    def uv(self, *argv: str, **env: str) -> str:
        return self._run([uv(), *argv], machine() | {"UV_PYTHON": self.python} | env)

    def _run(self, command: list[str], env: dict[str, str]) -> str:
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=self.root,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=1800,
        )
        took = time.monotonic() - started
        if os.environ.get("SHOW_TIMES"):
            sys.stderr.write(f"{took:6.1f} s  {self.root.name}: {shlex.join(command[1:])}\n")
        if done.returncode:
            kept = self.root.with_name(f"{self.root.name}-failed.log")
            kept.write_text(done.stdout)
            raise AssertionError(f"{shlex.join(command)}\n{done.stdout}\nAll of this is in {kept}")
        return done.stdout

    def proof(self, test: str, *settings: str) -> str:
        """Hash all that the result of a test file on this project depends on.

        That is the project, the versions in its lock file, Python, the test and what it uses. Only
        Copier's notes do not count: they name a folder of this machine.
        """
        version = subprocess.run([self.python, "-VV"], capture_output=True, check=True).stdout
        here = Path(__file__).parent
        used = [here / f"{name}.py" for name in ("conftest", "remembered", "running", "slow")]
        own = [READ.get(path) or path.read_bytes() for path in (Path(test), *used)]
        own.append((here.parent / "requirements.lock").read_bytes())
        whole = [(str(path), text) for path, text in files(self.root).items() if path != ANSWERS]
        parts = [part for pair in whole for part in pair]
        return digest([*settings, sys.platform, version, *own, *parts])

    def text(self, name: str) -> str:
        path = self.root / name
        return path.read_text() if path.is_file() else ""

    @property
    def production(self) -> dict[str, str]:
        """The environment of a server: the installed package, without what develops it."""
        path = f"{self.root / '.venv-production/bin'}{os.pathsep}{os.defpath}"
        return self.container_settings | {"PATH": path, "HOME": str(self.root / "home")}

    @property
    def container_settings(self) -> dict[str, str]:
        """What the image sets; its paths exist in the image only."""
        last_stage = self.text("Dockerfile").rpartition("\nFROM ")[2]
        lines = re.findall(r"(?m)^ENV (.*)$", last_stage)
        pairs = [pair.partition("=")[::2] for line in lines for pair in shlex.split(line)]
        return {name: value for name, value in pairs if "/" not in value}

    @property
    def documented_commands(self) -> list[list[str]]:
        """What the README says to type where the project is deployed."""
        section = self.text("README.md").partition("## Deploy it")[2].partition("\n## ")[0]
        blocks = "\n".join(re.findall(r"(?s)```sh\n(.*?)```", section))
        start = r"(?m)^uv run --no-dev (.*)$"
        return [shlex.split(line) for line in re.findall(start, blocks)]

    @property
    def start_command(self) -> list[str]:
        """What the image starts, and without an image what the README says."""
        if found := re.search(r"(?m)^CMD (\[.*\])$", self.text("Dockerfile")):
            command: list[str] = json.loads(found[1])
            return command
        return self.documented_commands[-1]

    def program(self, *argv: str, **env: str) -> str:
        """Run what the production environment brings."""
        path = self.root / ".venv-production/bin" / argv[0]
        return self._run([str(path), *argv[1:]], self.production | env)

    def release(self, env: dict[str, str]) -> None:
        """Take the steps of a release that come before the start: the migrations."""
        for command in self.documented_commands[:-1]:
            self.program(*command, **env)

    @contextmanager
    def servers(self) -> Iterator[dict[str, str]]:
        """The servers that the project brings for its tests, which are empty at first."""
        brought = {
            "issuer.py": "OIDC_ISSUER",
            "postgresql.py": "DATABASE_URL",
            "redis_server.py": "REDIS_URL",
        }
        with ExitStack() as stack:
            yield {
                variable: stack.enter_context(self._server(program))
                for program, variable in brought.items()
                if (self.root / program).exists()
            }

    @contextmanager
    def _server(self, program: str) -> Iterator[str]:
        python = self.root / ".venv/bin/python"
        with subprocess.Popen(
            [python, program],
            cwd=self.root,
            env=machine(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stdin
            assert server.stdout
            url = server.stdout.readline().strip()
            assert url, f"the project's own {program} did not start"
            yield url
            server.stdin.close()


@dataclass(frozen=True)
class Types:
    """What mypy found out about the libraries, for all projects and workers.

    It looks at whether the libraries are the same. One mypy at a time writes to the folder.
    """

    folder: Path

    def check(self, project: Project) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.folder.with_name("types.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            project.uv("run", "mypy", MYPY_CACHE_DIR=str(self.folder))


@contextmanager
def proving(
    request: pytest.FixtureRequest, project: Project, *settings: str, proofs: Proofs | None = None
) -> Iterator[None]:
    """In a fixture that many tests share: skip them where all of them have passed before.

    It is kept that they passed, if all of them do and what the fixture does at the end succeeds.
    """
    proofs = proofs or of_the_host()
    project.uv("lock")
    chosen = [item.nodeid for item in request.session.items if uses(item, request)]
    proof = project.proof(str(request.path), *sorted(chosen), *settings)
    if proofs.knows(proof):
        pytest.skip("passed before, and nothing that it depends on has changed")
    before = request.session.testsfailed
    yield
    if request.session.testsfailed == before:
        proofs.keep(proof)


def uses(item: pytest.Item, request: pytest.FixtureRequest) -> bool:
    """Tell whether a test uses the fixture that asks, with the same parameter."""
    given = getattr(item, "callspec", None)
    same = given and given.params.get(request.fixturename) == request.param
    return bool(same) and item.path == request.path


def free_port() -> int:
    """Choose a port that nobody listens on, and that no client gets for its end of a connection.

    Systems give clients ports from 32768 on. One of those may be taken before a server has it.
    """
    while True:
        port = random.randrange(12_000, 32_768)  # noqa: S311 (not a secret)
        with socket.socket() as unused, suppress(OSError):
            unused.bind(("127.0.0.1", port))
            return port


TAKEN = re.compile(r"(?i)address already in use|errno 98|errno 48")


@dataclass
class Server:
    """A production server under way, and a client that keeps its cookies."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    headers: dict[str, str] = field(default_factory=dict)  # of every request: who is asking

    def ask(
        self, method: str, path: str, body: str | None = None, kind: str = "application/json"
    ) -> "Answer":
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, body, self._headers(kind))
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read().decode())
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return answer

    def _headers(self, kind: str) -> dict[str, str]:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        return self.headers | {"Content-Type": kind} | ({"Cookie": cookies} if cookies else {})

    def ask_slowly(self, path: str, body: str, kind: str) -> "SlowRequest":
        """Send half of a request, as a slow client does."""
        content = body.encode()
        lines = {"Host": "127.0.0.1", "Content-Length": str(len(content)), **self._headers(kind)}
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        middle = len(content) // 2
        connection.sendall(head.encode() + b"\r\n" + content[:middle])
        time.sleep(0.5)
        return SlowRequest(connection, content[middle:])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> bool:
        """Did it end as asked? uvicorn ends by the signal itself once it has finished."""
        return self.process.wait(timeout=30) in {0, -signal.SIGTERM}


@dataclass(frozen=True)
class SlowRequest:
    """A request of which half has been sent."""

    connection: socket.socket
    rest: bytes

    def finish(self) -> int:
        """Send the rest, and read the status of the answer."""
        self.connection.sendall(self.rest)
        answer = b"".join(iter(lambda: self.connection.recv(65_536), b""))
        self.connection.close()
        return int(answer.split(b" ", 2)[1])


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", self.headers.get("Content-Type", "")).split(";")[0]


@contextmanager
def started(project: Project, env: dict[str, str]) -> Iterator[Server]:
    """Start the production server, and wait until it answers. A port may be taken meanwhile."""
    for remaining in (2, 1, 0):
        server = _start(project, env, free_port())
        try:
            if _answers(server):
                yield server
                return
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.process.pid, signal.SIGKILL)  # its workers too
            server.process.wait()
        log = server.log.read_text()
        if not remaining or not TAKEN.search(log):
            raise AssertionError(f"the server did not answer\n{log}")


def _start(project: Project, env: dict[str, str], port: int) -> Server:
    command = [part.replace(DOCUMENTED_PORT, str(port)) for part in project.start_command]
    if str(port) not in " ".join(command):
        command += ["--port", str(port)]  # uvicorn's own default is the documented one
    command[0] = str(project.root / ".venv-production/bin" / command[0])
    log = project.root / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=project.root,
            env=project.production | env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Server(process, port, log)


def _answers(server: Server) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.process.poll() is None:
        with suppress(OSError):
            server.ask("GET", "/livez")
            return server.process.poll() is None  # or else somebody else answered
        time.sleep(0.05)
    return False
