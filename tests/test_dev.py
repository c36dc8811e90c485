"""What a developer's terminal does to the program that starts a project for development."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import pytest
from copying import Template
from running import Project
from running import free_port
from running import machine

pytestmark = pytest.mark.project

LINGER = """

@every("* * * * * *")
def linger() -> None:
    import time

    print("lingering", flush=True)
    time.sleep(3)
"""


@pytest.fixture(scope="module")
def project(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a worker that always has something to finish."""
    row = {"framework": "flask", "database": "postgresql", "extensions": ["jobs"]}
    root = template.render(tmp_path_factory.mktemp("dev") / "project", tailor="choose", **row)
    with next(root.glob("src/*/exports/jobs.py")).open("a") as jobs:
        jobs.write(LINGER)
    made = Project(root, sys.executable)
    made.uv("sync")
    return made


@pytest.fixture
def _heeds_its_terminal() -> Iterator[None]:
    """Even when these tests run in the background, where shells have its signals ignored."""
    told = (signal.SIGHUP, signal.SIGINT)
    before = [signal.signal(each, signal.default_int_handler) for each in told]
    yield
    for each, handler in zip(told, before, strict=True):
        signal.signal(each, handler)


@pytest.mark.usefixtures("_heeds_its_terminal")
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGHUP], ids=["ctrl-c", "closed"])
def test_everything_ends_with_the_terminal_and_without_a_traceback(
    project: Project, told: signal.Signals
) -> None:
    port = str(free_port())
    with subprocess.Popen(
        [project.root / ".venv/bin/python", "dev.py"],
        cwd=project.root,
        env=machine() | {"PORT": port, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            assert program.stdout
            assert any("lingering" in line for line in program.stdout)
            _wait_for(f"http://127.0.0.1:{port}/livez")
            os.killpg(program.pid, told)
            said, _ = program.communicate(timeout=40)  # until nobody holds the other end
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
    assert "Traceback" not in said


def _wait_for(url: str) -> None:
    for _ in range(120):
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310
            return
        time.sleep(0.5)
    pytest.fail(f"{url} does not answer")
