"""Whatever is answered, the project looks as if somebody had written it by hand."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import answers
import dependencies
import faults
import ownership
import pytest
from answers import CHOICES
from answers import EXTREMES
from answers import ROWS
from answers import TEXTS
from combinations import Find
from combinations import Projects
from combinations import fail_once
from combinations import framework_of
from conftest import Render
from copier._types import Operation
from copying import ROOT
from copying import Template
from copying import files
from copying import gathered
from faults import ANSWERS

GUARDS = [
    faults.scars,
    faults.empty_folders,
    faults.leftovers,
    faults.parsed,
    faults.hosts,
    faults.secrets,
    faults.long_files,
    faults.long_functions,
    faults.duplicates,
    dependencies.dead,
    dependencies.undeclared,
    dependencies.unsorted,
]
BUDGETS = {"fastapi": (48, 1_600), "flask": (62, None)}
# What only one of the frameworks leaves behind.
OF_ONE = {"model.skops": "fastapi"}
# It ends the interview early, and changes nothing else.
SILENT = answers.ROOTS - {answers.split()}
BROUGHT_BY_OTHERS = {"extensions.sign_in"}
# Copier's command takes a second for each of these, so they are few.
CONTROLS = [name for name in EXTREMES if name.endswith(("-nothing", "-everything"))]
CONTROLS += [list(answers.COVERING)[n] for n in (0, 11, 23)]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_no_project_has(guard: Find, rendered: Projects) -> None:
    fail_once(guard, rendered.all)


@pytest.mark.parametrize("command", [["check", "--output-format=concise"], ["format", "--check"]])
def test_ruff_would_change_nothing(command: list[str], rendered: Projects) -> None:
    """One process for all projects: starting it for each would take most of the time."""
    assert rendered.all
    ruff = Path(sys.executable).with_name("ruff")
    argv = [str(ruff), command[0], "--no-cache", *command[1:], str(rendered.folder)]
    result = subprocess.run(argv, capture_output=True, text=True, check=False)
    said = (result.stdout + result.stderr).replace(f"{rendered.folder}/", "")
    assert result.returncode == 0, _first_lines(said)


def _first_lines(text: str) -> str:
    """Print each fault once: it is in most of the combinations."""
    lines = [line.partition("/")[::2] for line in sorted(text.splitlines())]
    once = {rest: f"{name}/{rest}" if rest else name for name, rest in lines}
    return "\n".join(list(once.values())[:40])


# --- the renderer, and what it rests on --------------------------------------------------


# The program `copier` for one command after the other: half of its time is the start.
COPIER = """
import json, sys
from copier._cli import CopierApp
sys.exit(any([CopierApp.run(["copier", *argv], exit=False)[1] for argv in json.load(sys.stdin)]))
"""


def test_the_command_gives_the_same_bytes(
    template: Template, rendered: Projects, tmp_path: Path
) -> None:
    """Everything here is rendered in this process; users type a command.

    It runs in a process that nothing is patched in.
    """
    commands = []
    for name in CONTROLS:
        data = [f"--data={key}={value}" for key, value in gathered(ROWS[name]).items()]
        argv = ["copy", "--quiet", "--defaults", *data, str(template.root), str(tmp_path / name)]
        commands.append(argv)
    argv = [sys.executable, "-c", COPIER]
    subprocess.run(argv, input=json.dumps(commands), text=True, check=True)
    for name in CONTROLS:
        theirs, ours = tmp_path / name, rendered(name)
        assert files(theirs) == files(ours)
        assert _modes(theirs) == _modes(ours)


def _modes(project: Path) -> dict[Path, int]:
    return {path: stat.S_IMODE((project / path).stat().st_mode) for path in files(project)}


def test_same_answers_same_bytes(rendered: Projects, template: Template, tmp_path: Path) -> None:
    for name in CONTROLS:
        assert files(template.render(tmp_path / name, **ROWS[name])) == files(rendered(name))


def test_refuses_an_answer_to_no_question(render: Render) -> None:
    """Copier would ignore it, and a misspelt test would test the defaults."""
    with pytest.raises(AssertionError, match="no such question: databas"):
        render(databas="none")


# --- each question -----------------------------------------------------------------------


def _output(project: Path) -> dict[Path, bytes]:
    return {path: content for path, content in files(project).items() if path != ANSWERS}


@pytest.mark.parametrize("name", [n for n in CHOICES if n not in SILENT])
def test_every_answer_changes_what_comes_out(name: str, rendered: Projects) -> None:
    """A question that changes nothing wastes the time of whoever is asked.

    Next to everything else, what others of the same question bring too is there without it.
    """
    for start in ("nothing", "everything"):
        most = 0
        for kind in CHOICES[answers.split()]:
            ways = {value: _alone(kind, start, name, value) for value in CHOICES[name]}
            outputs = [_output(rendered(row)) for row in ways.values() if row]
            differ = all(a != b for i, a in enumerate(outputs) for b in outputs[:i])
            assert differ or (start == "everything" and name in BROUGHT_BY_OTHERS)
            most = max(most, len(outputs))
        alone = start == "everything" and name == answers.split()  # there is one of each
        assert most > 1 or alone, f"{name} is not compared with {start}"


def _alone(kind: str, start: str, name: str, value: object) -> str | None:
    """Find the combination that differs from nothing, or everything, in this answer only."""
    base = EXTREMES[f"{kind}-{start}"]
    if name != answers.split() and not answers.is_asked(name, base):
        base = answers.asking(name, base)
    wanted = base and answers.settled(base | {name: value})
    return next((row for row, given in EXTREMES.items() if given == wanted), None)


def test_a_question_that_changes_no_file_decides_what_is_asked(template: Template) -> None:
    for gate in answers.GATES:
        bases = [answers.OPEN | {answers.split(): kind} for kind in CHOICES[answers.split()]]
        asked = [
            template.interview(**(base | {gate: value})).asked
            for base in bases
            if answers.is_asked(gate, dict.fromkeys(CHOICES) | base)
            for value in CHOICES[gate]
        ]
        assert any(one != asked[0] for one in asked), gate


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_arrives(name: str, render: Render) -> None:
    before, after = render(), render(**{name: "quince" if name in TEXTS else ""})
    assert _output(before) != _output(after)


# --- ownership ---------------------------------------------------------------------------


def test_every_file_has_one_owner(rendered: Projects) -> None:
    def faults(project: Path) -> Iterator[str]:
        return ownership.faults(project, framework_of(project))

    fail_once(faults, rendered.all)


def test_the_user_s_own_files_are_never_written(rendered: Projects) -> None:
    def faults(project: Path) -> Iterator[str]:
        for path in files(project):
            if {ownership.THEIRS, ownership.IGNORED} & {*ownership.owners(path)}:
                yield f"{path} is the user's in tests/ownership.py, and the template writes it"

    fail_once(faults, rendered.all)


@pytest.mark.parametrize("operation", ["copy", "update"])
@pytest.mark.parametrize("name", CONTROLS)
def test_copier_spares_what_is_written_once(
    name: str, operation: Operation, rendered: Projects, template: Template
) -> None:
    """In an update by not knowing the file, in another copy by not touching it."""
    project = rendered(name)
    once = {path for path in files(project) if ownership.owners(path) == [ownership.ONCE]}
    assert template.spared(project, operation, **ROWS[name]) == once


@pytest.mark.parametrize("framework", BUDGETS)
def test_git_ignores_what_nobody_should_commit(
    framework: str, template: Template, tmp_path: Path
) -> None:
    project = template.render(tmp_path / "project", **ROWS[f"{framework}-everything"])
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    named = list(named_files(framework))
    command = ["git", "check-ignore", "--no-index", "--stdin"]
    asked = "\n".join(name for name, _ in named)
    done = subprocess.run(
        command, cwd=project, input=asked, capture_output=True, text=True, check=False
    )
    ignored = set(done.stdout.splitlines())
    assert {name: name in ignored for name, _ in named} == dict(named)


def named_files(framework: str) -> Iterator[tuple[str, bool]]:
    """Give a path for each pattern of the lists of owners, and whether git should ignore it."""
    for manifest in ownership.manifests(ROOT, framework).values():
        yield from ((example(pattern), False) for pattern, _ in ownership.patterns(manifest))
    for owner, patterns in ownership.OF_USERS.items():
        for pattern in patterns:
            ours = framework in OF_ONE.get(pattern, framework)
            yield example(pattern), owner == ownership.IGNORED and ours


def example(pattern: str) -> str:
    """Give a path that matches: in a folder, a file."""
    return pattern.lstrip("/").replace("*", "tea") + ("x" if pattern.endswith("/") else "")


# --- size --------------------------------------------------------------------------------


@pytest.mark.parametrize("framework", BUDGETS)
def test_the_default_project_stays_small(framework: str, render: Render) -> None:
    project = render(**{answers.split(): framework})
    most_files, most_lines = BUDGETS[framework]
    written = files(project)
    python = [content for path, content in written.items() if path.suffix == ".py"]
    assert len(written) <= most_files
    assert not [*faults.long_files(project, 100, 110), *faults.long_functions(project, 15)]
    if most_lines:
        assert sum(content.count(b"\n") for content in python) <= most_lines
