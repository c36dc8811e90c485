"""How these tests are run is tested too: what they share, remember, and say when they fail."""

import os
import socket
import sys
import time
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import answers
import pytest
import remembered
import running
import slow
import test_projects as projects
from combinations import Projects
from combinations import fail_once
from combinations import in_each
from combinations import source_of
from combinations import write_once
from copying import Template
from remembered import Proofs
from remembered import digest
from running import Project
from running import free_port
from running import started

SOME = ["fastapi-nothing", "flask-nothing", "flask-everything"]


def said_of(test: Callable[[], object]) -> str:
    with pytest.raises(pytest.fail.Exception) as failure:
        test()
    return str(failure.value)


def test_a_fault_is_told_once_with_the_file_to_edit(rendered: Projects) -> None:
    def faults(project: Path) -> Iterator[str]:
        yield f"{next(project.glob('pyproject.toml')).name}: is wrong"

    projects = {name: rendered(name) for name in SOME}
    said = said_of(lambda: fail_once(faults, projects))
    assert said.count("is wrong") == 1
    assert "in 3 of 3 combinations, for example fastapi-nothing" in said
    for framework in ("fastapi", "flask"):
        assert f"template-{framework}/pyproject.toml.jinja" in said


def test_a_check_of_each_project_says_in_which_line_it_failed(rendered: Projects) -> None:
    @in_each(SOME, "dev.py")
    def check(project: Path) -> None:
        assert project.name.startswith("fastapi")

    said = said_of(lambda: check(rendered))
    assert "dev.py: test_harness.py:" in said
    assert "in 1 of 3 combinations, for example flask-nothing" in said
    assert "template-flask/dev.py.jinja" in said


def test_the_file_behind_a_fault_may_be_plain_or_rendered(rendered: Projects) -> None:
    project = rendered("flask-nothing")
    package = "template-flask/src/{{ package_name }}"
    plain = "src/tea_cake/home.py"
    assert source_of(f"{plain}:3 ends with a blank", project) == f"{package}/home.py"
    assert source_of("README.md says 'x'", project) == "template-flask/README.md.jinja"
    assert source_of("requests is imported", project) == ""


def test_a_shared_folder_is_written_once_and_anew_after_half_a_write(tmp_path: Path) -> None:
    def half(where: Path) -> None:
        where.mkdir()
        (where / "half").touch()
        raise KeyboardInterrupt

    def whole(where: Path) -> None:
        where.mkdir()
        (where / str(time.monotonic_ns())).touch()

    with pytest.raises(KeyboardInterrupt):
        write_once(tmp_path / "shared/one", half)
    names = [sorted(write_once(tmp_path / "shared/one", whole).iterdir()) for _ in range(2)]
    assert names[0] == names[1]
    assert len(names[0]) == 1
    assert names[0][0].name != "half"


def test_brief_interviews_are_told_apart_from_whole_ones(template: Template) -> None:
    brief = Template(template.root, brief=True).interview().answers
    assert template.interview().answers.keys() - brief.keys() == template.unread
    assert template.unread


def test_a_proof_holds_until_anything_it_rests_on_changes(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    proofs.keep(digest(["the project", "the test"]))
    assert proofs.knows(digest(["the project", "the test"]))
    for other in (["the project", "another test"], ["the projectthe test"], ["the project"]):
        assert not proofs.knows(digest(other))


def test_nothing_is_remembered_where_the_folder_is_missing(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path / "missing")
    proofs.keep("a")
    assert not proofs.knows("a")
    assert not proofs.folder.exists()


def test_proofs_that_nobody_asks_for_are_deleted(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    for name in ("asked for", "old"):
        proofs.keep(name)
        os.utime(tmp_path / name, (0, 0))
    assert proofs.knows("asked for")
    proofs.forget_old()
    assert [path.name for path in tmp_path.iterdir()] == ["asked for"]


def test_combinations_are_made_anew_when_what_they_rest_on_changes(tmp_path: Path) -> None:
    file = tmp_path / "test.py"
    prints = set()
    for text in ("assert True", "assert 1"):
        file.write_text(text)
        prints.add(answers.fingerprint(file))
    assert len(prints | {answers.fingerprint()}) == 3


def test_a_run_keeps_out_of_the_folder_that_pytest_makes_private(tmp_path: Path) -> None:
    """Or else the next run of the same user would shut PostgreSQL out of this one."""
    assert not [folder for folder in tmp_path.parents if folder.name.startswith("pytest-of-")]


def test_a_command_that_fails_shows_all_that_it_said(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    project = Project(root, sys.executable)
    (root / "pyproject.toml").write_text('[project]\nname = "a"\nversion = "1"\n')
    code = "print('the cause' + 'x' * 20_000); raise SystemExit(1)"
    with pytest.raises(AssertionError, match="the cause") as failure:
        project.uv("run", "--offline", "--no-sync", "--no-project", sys.executable, "-c", code)
    kept = tmp_path / "project-failed.log"
    assert str(kept) in str(failure.value)
    assert "the cause" in kept.read_text()


def test_a_server_whose_port_was_taken_meanwhile_gets_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        ports = iter([other.getsockname()[1], free_port()])
        monkeypatch.setattr(running, "free_port", lambda: next(ports))
        program = tmp_path / ".venv-production/bin/serve"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!{sys.executable}\n{SERVER}")
        program.chmod(0o755)
        (tmp_path / "Dockerfile").write_text('FROM scratch\nCMD ["serve", "8000"]\n')
        with started(Project(tmp_path, sys.executable), {}) as server:
            assert server.ask("GET", "/livez").status == 200


SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
http.server.HTTPServer.allow_reuse_address = False
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


# --- what is run once, and what is not run again -----------------------------------------


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Something like a project, with a slow test that uses a helper and the package."""
    texts = {
        "src/tea/__init__.py": "",
        "src/tea/main.py": "from .core import jobs\n",
        "src/tea/core/__init__.py": "",
        "src/tea/core/jobs.py": "from .queue import LENGTH\nfrom ..notes import models\n",
        "src/tea/core/queue.py": "LENGTH = 1\n",
        "src/tea/notes/__init__.py": "",
        "src/tea/notes/models.py": "from . import other\n",
        "src/tea/notes/other.py": "A = 1\n",
        "tests/core/workers.py": "A = 1\n",
        "tests/test_quick.py": "def test_quick(): ...\n",
        "tests/core/test_jobs.py": "from workers import A\n\nfrom tea.core import jobs\n"
        "from tea.main import app\n\npytestmark = pytest.mark.slow\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_slow_test_is_told_by_its_file(program: Path) -> None:
    assert [*slow.slow_tests(program)] == ["tests/core/test_jobs.py"]


@pytest.mark.parametrize(
    "name", ["tests/core/test_jobs.py", "tests/core/workers.py", "src/tea/core/queue.py"]
)
def test_a_slow_test_is_run_again_where_what_it_uses_differs(name: str, program: Path) -> None:
    before = slow.slow_tests(program)
    with (program / name).open("a") as file:
        file.write("B = 2\n")
    assert slow.slow_tests(program) != before


def test_a_slow_test_is_the_same_in_a_package_of_another_name(program: Path) -> None:
    before = slow.slow_tests(program)
    (program / "src/tea").rename(program / "src/coffee")
    for path in program.rglob("*.py"):
        path.write_text(path.read_text().replace("tea", "coffee"))
    assert slow.slow_tests(program) == before


def test_each_slow_test_is_run_in_some_project(rendered: Projects) -> None:
    chosen = {f"test_a_project_works[{name}-{python}]" for name, python in projects.CASES}
    there, run = set(), set()
    for name, python in projects.CASES:
        earlier = projects.earlier_cases(name, python, chosen)
        elsewhere = projects.proven_elsewhere(name, earlier, rendered)
        for file, hash_ in slow.slow_tests(rendered(name)).items():
            there.add((python, hash_))
            run |= {(python, hash_)} if file not in elsewhere else set()
    assert there
    assert run == there


def test_a_slow_test_is_not_left_to_a_project_that_is_not_run() -> None:
    name, python = projects.CASES[-1]
    assert projects.earlier_cases(name, python, {f"test_a_project_works[{name}-{python}]"}) == []


@pytest.mark.parametrize("changed", ["src/tea/main.py", "uv.lock", "README.md", "the test"])
def test_a_project_is_proven_anew_when_anything_changes(changed: str, program: Path) -> None:
    test = program.with_name("test.py")
    test.write_text("def test_it(): ...\n")
    (program / "uv.lock").write_text("locked\n")
    (program / "README.md").write_text("Run it.\n")
    project = Project(program, sys.executable)
    before = project.proof(str(test))
    assert before == project.proof(str(test))
    with (test if changed == "the test" else program / changed).open("a") as file:
        file.write("# changed\n")
    assert project.proof(str(test)) != before
    assert project.proof(str(test), "left to another project") != project.proof(str(test))


def test_nothing_is_taken_for_proven_at_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVEN", str(tmp_path))
    monkeypatch.delenv("NIGHTLY", raising=False)
    remembered.of_the_host().keep("a")
    assert remembered.of_the_host().knows("a")
    monkeypatch.setenv("NIGHTLY", "1")
    assert not remembered.of_the_host().knows("a")
