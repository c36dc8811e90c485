"""What a request costs in CPU, beside a bare FastAPI app that runs the same query.

    python benchmarks/service.py [--rounds 9] [--requests 1600] [--database sqlite] [--choices]

Each generated project is installed, started as its Dockerfile starts it, and served beside apps
of `benchmarks/bare/` by the same uvicorn, with the same engine and data. Rounds take turns, and
what counts is the CPU time of the serving process, so that whatever else the machine does
disturbs little. "bare" has no log at all; "bare + log" has uvicorn's access log, its default.
"by best" divides the best rounds instead of the medians. `--choices` compares instead what the
template has chosen with what it could have: the session, the event loop, and the HTTP parser.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BARE = Path(__file__).resolve().parent / "bare"
ROOT = BARE.parents[1]
BIN = Path(sys.executable).parent
ANSWERS = {"framework": "fastapi", "project_name": "Field Notes", "tailor": "choose"}
ANSWERS |= {"auth": "none", "cache": "none", "rate_limit": "false"}
CHOICES = {
    "chosen": ["notes:app"],
    "synchronous session": ["notes_sync:app"],
    "asyncio's own loop": ["notes:app", "--loop", "asyncio"],
    "h11": ["notes:app", "--http", "h11"],
}
NOTES = 60  # so that a page of 50 is full, and another follows
CONNECTIONS = 8


@dataclass(frozen=True)
class Server:
    """A process that serves, and connections that stay open to it."""

    pid: int
    connections: list[socket.socket]

    def cpu(self) -> float:
        """All threads' CPU time of that process: the clock of clock_getcpuclockid(3)."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def ask(self, request: bytes) -> bytes:
        """Send it on every connection, then read every answer."""
        for connection in self.connections:
            connection.sendall(request)
        answers = [_answer(connection) for connection in self.connections]
        return answers[0]

    def cost(self, request: bytes, times: int) -> float:
        """Microseconds of CPU for one request."""
        started = self.cpu()
        for _ in range(times // CONNECTIONS):
            self.ask(request)
        return (self.cpu() - started) / (times // CONNECTIONS * CONNECTIONS) * 1e6


def _answer(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _received(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += _received(connection)
    if not head.startswith(b"HTTP/1.1 2"):
        raise SystemExit(data.decode())
    return body


def _received(connection: socket.socket) -> bytes:
    return connection.recv(65536) or sys.exit("A server has closed a connection.")


def request(method: str, path: str, body: object = None) -> bytes:
    content = json.dumps(body).encode() if body is not None else b""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(content)}"]
    lines += ["Content-Type: application/json"] if content else []
    return "\r\n".join([*lines, "", ""]).encode() + content


def generate(where: Path, database: str, python: str, **answers: str) -> Path:
    """Copy the working tree's template, and install what comes out."""
    project = where / f"field-notes-{database}"
    data = ANSWERS | {"database": database} | answers
    command = [BIN / "copier", "copy", "-q", "--defaults", "--overwrite", "--vcs-ref", "HEAD"]
    command += [part for name, value in data.items() for part in ("-d", f"{name}={value}")]
    subprocess.run([*command, ROOT, project], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([uv(), "sync", "-q", "--python", python], cwd=project, check=True, env=clean())
    return project


def uv() -> str:
    return shutil.which("uv", path=f"{BIN}{os.pathsep}{os.environ['PATH']}") or "uv"


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}


@contextmanager
def served(project: Path, app: str, *options: str, **env: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [project / ".venv/bin/python", "-m", "uvicorn", app, "--app-dir", BARE]
    command += ["--port", str(port), "--no-server-header", "--timeout-keep-alive", "600", *options]
    process = subprocess.Popen(
        command,
        cwd=project,
        env=clean() | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        connections = [connect(port, process) for _ in range(CONNECTIONS)]
        yield Server(process.pid, connections)
        for connection in connections:
            connection.close()
    finally:
        process.terminate()
        process.wait()


def connect(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    for _ in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            if process.poll() is not None:
                raise SystemExit("A server did not start.") from None
            time.sleep(0.1)
    raise SystemExit("A server did not answer.")


@contextmanager
def database(project: Path, kind: str) -> Iterator[dict[str, str]]:
    """A database with the tables of the project, on the server that the project brings."""
    if kind == "none":
        yield {}
        return
    env = {"DATABASE_URL": f"sqlite+aiosqlite:///{project}/benchmark.sqlite3"}
    with ExitStack() as stack:
        if kind == "postgresql":
            env = {"DATABASE_URL": stack.enter_context(postgresql(project))}
        alembic = [project / ".venv/bin/alembic", "upgrade", "head"]
        subprocess.run(alembic, cwd=project, check=True, env=clean() | env, capture_output=True)
        yield env


@contextmanager
def postgresql(project: Path) -> Iterator[str]:
    command = [project / ".venv/bin/python", project / "postgresql.py", project / ".benchmark"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield next(iter(server.stdout or [])).strip()
    finally:
        server.communicate()


def measure(
    servers: dict[str, Server], requests: dict[str, bytes], rounds: int, times: int
) -> dict[str, dict[str, list[float]]]:
    """Tell what each request costs each server, round for round."""
    costs = {name: {server: [] for server in servers} for name in requests}
    for turn in range(rounds + 1):
        for name, what in requests.items():
            for server in servers if turn % 2 else reversed(servers):
                cost = servers[server].cost(what, times)
                if turn:  # the first one fills caches
                    costs[name][server].append(cost)
    return costs


def requests(kind: str, service: Server) -> dict[str, bytes]:
    if kind == "none":
        text = "It was a dark and stormy night. " * 10
        trivial = request("POST", "/reading-time", {"text": text})
        return {"POST /reading-time": trivial, "GET /livez": request("GET", "/livez")}
    for number in range(-(-NOTES // CONNECTIONS)):
        note = {"title": f"Groceries, part {number}", "body": "Apples and bread. " * 8}
        last = json.loads(service.ask(request("POST", "/notes", note)))
    one, page = f"/notes/{last['id']}", "/notes"
    return {
        f"GET {path}": request("GET", where)
        for path, where in {"/notes/{id}": one, "/notes": page}.items()
    }


def run(kind: str, where: Path, options: argparse.Namespace) -> None:
    project = generate(where, kind, options.python)
    bare = f"{'reading_time' if kind == 'none' else 'notes'}:app"
    with ExitStack() as stack:
        env = stack.enter_context(database(project, kind))
        service = stack.enter_context(
            served(project, "field_notes.main:app", LOG_FORMAT="json", **env)
        )
        asked = requests(kind, service)
        if options.choices:
            servers = {
                name: stack.enter_context(served(project, *command, "--no-access-log", **env))
                for name, command in CHOICES.items()
            }
            one = {name: what for name, what in asked.items() if "{id}" in name}
            costs = measure(servers, one, options.rounds, options.requests)
            compare(kind, costs["GET /notes/{id}"])
        else:
            servers = {
                "bare": stack.enter_context(served(project, bare, "--no-access-log", **env)),
                "bare + log": stack.enter_context(served(project, bare, **env)),
                "service": service,
            }
            table(kind, measure(servers, asked, options.rounds, options.requests))


def compare(kind: str, costs: dict[str, list[float]]) -> None:
    chosen = statistics.median(costs["chosen"])
    for name, cost in costs.items():
        middle = statistics.median(cost)
        print(f"{kind:11} {name:20} {middle:12.0f} {middle / chosen:12.2f}", flush=True)


def table(kind: str, costs: dict[str, dict[str, list[float]]]) -> None:
    for name, by_server in costs.items():
        middle = {server: statistics.median(cost) for server, cost in by_server.items()}
        best = {server: min(cost) for server, cost in by_server.items()}
        cells = [f"{middle[server]:12.0f}" for server in by_server]
        cells += [f"{middle['service'] / middle['bare']:12.2f}"]
        cells += [f"{best['service'] / best['bare']:12.2f}"]
        cells += [f"{middle['service'] / middle['bare + log']:12.2f}"]
        print(f"{kind:11} {name:20}", *cells, flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--requests", type=int, default=1600)
    options.add_argument("--python", default=".".join(map(str, sys.version_info[:2])))
    options.add_argument("--keep", type=Path)
    options.add_argument("--choices", action="store_true")
    options.add_argument("--database", nargs="*", default=["none", "sqlite", "postgresql"])
    given = options.parse_args()
    heads = ["bare", "bare + log", "service", "/ bare", "by best", "/ bare + log"]
    heads = ["median", "/ chosen"] if given.choices else heads
    print("Microseconds of CPU for a request: medians of the rounds, and their ratios.")
    print(f"{'database':11} {'request':20}", *(f"{head:>12}" for head in heads))
    with tempfile.TemporaryDirectory() as folder:
        for kind in given.database:
            run(kind, given.keep or Path(folder), given)


if __name__ == "__main__":
    main()
