"""The commands of this repository's README, on a machine that has only Python, git and make."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from copying import ROOT
from copying import copy_source
from running import free_port
from running import machine

NEW = str(ROOT / "tools/new.py")


def test_an_old_python_is_told_so_in_one_sentence() -> None:
    script = ROOT / "tools/environment.py"
    old = f"import runpy, sys; sys.version_info = (3, 9, 1); runpy.run_path({str(script)!r})"
    result = _run([sys.executable, "-c", old])
    assert result.returncode == 1
    assert result.stderr.startswith("This needs Python 3.11 or newer")
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_that_holds_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    result = _run([sys.executable, NEW], DEST=str(tmp_path))
    assert result.returncode == 1
    assert "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_project_does_not_go_into_the_template() -> None:
    result = _run([sys.executable, NEW], DEST=str(ROOT / "mine"))
    assert result.returncode == 1
    assert "is inside the template" in result.stderr


@pytest.mark.project
def test_make_new_starts_a_project_that_can_be_updated(tmp_path: Path) -> None:
    """One checkout for both frameworks, so that its environment is set up once."""
    clone = copy_source(tmp_path / "signpost")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "A checkout."]):
        subprocess.run(["git", "-C", clone, *command], check=True)
    python = tmp_path / "bin/python3"
    python.parent.mkdir()
    python.symlink_to(Path(sys.executable).resolve())  # not the one of this .venv
    for framework, page in (("fastapi", "/docs"), ("flask", "/")):
        project = tmp_path / framework
        settings = {"DEST": str(project), "FRAMEWORK": framework, "PORT": str(free_port())}
        path = {"PATH": f"{python.parent}:/usr/bin:/bin"}
        with subprocess.Popen(
            ["make", "-C", str(clone), "new"],
            env=_environment() | settings | path,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        ) as make:
            try:
                assert _answers(f"http://127.0.0.1:{settings['PORT']}{page}", make)
            finally:
                os.killpg(make.pid, signal.SIGINT)
        assert f"_src_path: {clone}" in (project / ".copier-answers.yml").read_text()


def _environment() -> dict[str, str]:
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    return machine() | pip


def _run(command: list[str], **settings: str) -> subprocess.CompletedProcess[str]:
    environment = _environment() | settings
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait for it as long as it takes a slow network to install everything."""
    end = time.monotonic() + 240
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.5)
    return False
