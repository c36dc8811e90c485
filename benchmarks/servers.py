"""What a request to a Flask app costs on each server, and who keeps whom waiting.

    python benchmarks/servers.py [--rounds 7] [--requests 800] [--database sqlite postgresql]

One generated app, installed once, served by each server with one process of eight threads. All run
at the same time; rounds take turns. What is told of each request: the CPU time of all processes of
the server, and how long it takes until eight that come at once are answered. Then: how long a probe
waits while eight clients send their forms a byte at a time, and the memory of the processes, shared
pages in parts (PSS). Ratios are to gunicorn's `gthread`, which projects are served by.
"""

import argparse
import json
import os
import re
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

import service

FACTORY = "field_notes:create_app"
PORT = "8000"
THREADS = 8
TICKS = os.sysconf("SC_CLK_TCK")
TRICKLE = b"POST /notes/new HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
TRICKLE += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
TOO_LONG = 10.0  # seconds that a probe waits


@dataclass(frozen=True)
class Server(service.Server):
    """All processes that serve, and connections that stay open to them."""

    port: int

    def processes(self) -> list[Path]:
        """Find the first one and all that it has started."""
        found = [self.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        return [Path(f"/proc/{pid}") for pid in found]

    def cpu(self) -> float:
        """Seconds of CPU, in the kernel and out of it."""
        fields = (each.joinpath("stat").read_text().rpartition(")")[2] for each in self.processes())
        return sum(sum(map(int, stat.split()[11:13])) for stat in fields) / TICKS

    def memory(self) -> float:
        """Mebibytes, shared pages in parts."""
        told = (each.joinpath("smaps_rollup").read_text() for each in self.processes())
        return sum(int(re.findall(r"(?m)^Pss:\s+(\d+)", text)[0]) for text in told) / 1024

    def probe(self) -> float:
        """Seconds until somebody new is answered."""
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.port), timeout=TOO_LONG) as connection:
            connection.sendall(service.request("GET", "/livez"))
            try:
                connection.recv(65536)
            except TimeoutError:
                return TOO_LONG
        return time.monotonic() - began

    def beside_slow_clients(self) -> float:
        """Ask while others take their time with what they send."""
        for connection in self.connections:
            connection.sendall(TRICKLE)
        for _ in range(10):
            for connection in self.connections:
                connection.sendall(b"x")
            time.sleep(0.05)
        return self.probe()


def commands(project: Path) -> dict[str, list[str]]:
    """Start each as its documentation says; gunicorn as the project's Dockerfile does."""
    dockerfile = (project / "Dockerfile").read_text()
    granian = ["granian", "--interface", "wsgi", "--factory", "--workers", "1", "--no-ws"]
    granian += ["--blocking-threads", str(THREADS), "--port", PORT]
    waitress = ["waitress-serve", f"--threads={THREADS}", f"--listen=127.0.0.1:{PORT}", "--call"]
    return {
        "gunicorn": json.loads(re.findall(r"(?m)^CMD (\[.*)", dockerfile)[0]),
        "granian": [*granian, FACTORY],
        "waitress": [*waitress, FACTORY],
    }


@contextmanager
def served(project: Path, command: list[str], env: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.replace(PORT, str(port)) for part in command]
    process = subprocess.Popen(
        [project / ".venv/bin" / command[0], *command[1:]],
        cwd=project,
        env=service.clean() | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        connections = [service.connect(port, process) for _ in range(THREADS)]
        yield Server(process.pid, connections, port)
        for connection in connections:
            connection.close()
    finally:
        process.terminate()
        process.wait()


def measure(server: Server, what: bytes, times: int) -> tuple[float, float]:
    """Microseconds of CPU for a request, and milliseconds for eight at once."""
    cpu, waited = server.cpu(), list[float]()
    for _ in range(times // THREADS):
        began = time.perf_counter()
        server.ask(what)
        waited.append(time.perf_counter() - began)
    cost = (server.cpu() - cpu) / (times // THREADS * THREADS) * 1e6
    return cost, statistics.median(waited) * 1e3


def run(kind: str, where: Path, options: argparse.Namespace) -> None:
    project = service.generate(where, kind, options.python, framework="flask", container="true")
    python = project / ".venv/bin/python"
    others = [service.uv(), "pip", "install", "-q", "--python", python, "granian", "waitress"]
    subprocess.run(others, check=True, env=service.clean())
    with ExitStack() as stack:
        env = {"SECRET_KEY": "of a benchmark " * 4, "LOG_FORMAT": "json", "WEB_CONCURRENCY": "1"}
        env |= stack.enter_context(database(project, kind))
        servers = {
            name: stack.enter_context(served(project, command, env))
            for name, command in commands(project).items()
        }
        for name, path in {"livez": "/livez", "a page of 20 notes": "/notes/"}.items():
            what = service.request("GET", path)
            rounds: dict[str, list[tuple[float, float]]] = {server: [] for server in servers}
            for turn in range(options.rounds + 1):
                for server in servers if turn % 2 else reversed(servers):
                    measured = measure(servers[server], what, options.requests)
                    rounds[server] += [measured] if turn else []  # the first one fills caches
            for number, unit in enumerate(("us of CPU", "ms for eight")):
                tell(kind, f"{name}, {unit}", {s: [m[number] for m in rounds[s]] for s in servers})
        tell(kind, "memory, MiB", {name: [server.memory()] for name, server in servers.items()})
        waits = {name: [server.beside_slow_clients()] for name, server in servers.items()}
        tell(kind, f"beside {THREADS} slow clients, s", waits)


def tell(kind: str, what: str, found: dict[str, list[float]]) -> None:
    middle = [statistics.median(each) for each in found.values()]
    cells = [f"{each:12.4g}" for each in middle] + [f"{each / middle[0]:12.2f}" for each in middle]
    print(f"{kind:11} {what:32}", *cells, flush=True)


@contextmanager
def database(project: Path, kind: str) -> Iterator[dict[str, str]]:
    """A database with the tables of the project and some notes."""
    env = {"DATABASE_URL": f"sqlite:///{project}/benchmark.sqlite3"}
    with ExitStack() as stack:
        if kind == "postgresql":
            env = {"DATABASE_URL": stack.enter_context(service.postgresql(project))}
        for command in (["db", "upgrade"], ["notes", "seed"]):
            flask = [project / ".venv/bin/flask", "--app", "field_notes", *command]
            everything = service.clean() | env | {"SECRET_KEY": "of a benchmark " * 4}
            subprocess.run(flask, cwd=project, check=True, env=everything, capture_output=True)
        yield env


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--requests", type=int, default=800)
    options.add_argument("--python", default=".".join(map(str, sys.version_info[:2])))
    options.add_argument("--database", nargs="*", default=["sqlite", "postgresql"])
    given = options.parse_args()
    heads = ["gunicorn", "granian", "waitress"]
    print("Medians of the rounds, and their ratios to the first.")
    print(f"{'database':11} {'':32}", *(f"{head:>12}" for head in heads * 2))
    with tempfile.TemporaryDirectory() as folder:
        for kind in given.database:
            run(kind, Path(folder), given)


if __name__ == "__main__":
    main()
