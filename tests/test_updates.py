"""A project made with any release can be brought up to date without a fight."""

import os
import re
import shlex
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import answers
import ownership
import pytest
import releases
import yaml
from answers import CHOICES
from answers import EXTREMES
from answers import TEXTS
from answers import Row
from copier import run_update
from copying import ROOT
from copying import Template
from copying import files
from copying import gathered
from copying import quick_updates
from faults import ANSWERS
from living import Edit
from living import commit
from living import conflicts
from living import live_in
from pytest_copie.plugin import Copie
from pytest_copie.plugin import Result
from releases import NEXT
from releases import NOW
from releases import Repository
from releases import git
from running import Project
from running import Types
from running import oldest_python

pytestmark = pytest.mark.update

FRAMEWORKS = CHOICES[answers.split()]
RELEASES = releases.starting_points()
# Parts that come and go, each with the least that it needs.
PARTS = {
    f"{framework}-{part}": (part, base)
    for framework in FRAMEWORKS
    for part in answers.GATED
    if (base := answers.asking(part, EXTREMES[f"{framework}-nothing"]))
}
PARTS_OF = {
    framework: [part for part, base in PARTS.values() if base[answers.split()] == framework]
    for framework in FRAMEWORKS
}
NIGHTLY = bool(os.environ.get("NIGHTLY"))
KINDS = ["defaults", "nothing", "everything"]
# Modules have moved since: the imports beside those of the user, in the file that assembles them.
MOVED = {"v0.1.0": r"src/\w+/(main|__init__)\.py$"}
each_release = pytest.mark.parametrize("release", RELEASES)
each_framework = pytest.mark.parametrize("framework", FRAMEWORKS)
each_kind = pytest.mark.parametrize("kind", KINDS)

Start = Callable[..., Path]


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository.clone(tmp_path_factory.mktemp("releases") / "template")


@pytest.fixture
def start(copie: Copie, repository: Repository) -> Start:
    """Make a project with a release, and commit it."""

    def start(release: str, **given: Any) -> Path:
        with quick_updates():
            made = copie.copy(gathered(given), template_dir=repository.root, vcs_ref=release)
        assert made.exception is None, made.exception
        assert made.project_dir
        commit(made.project_dir, "Start")
        return made.project_dir

    return start


def row(framework: str, kind: str) -> dict[str, Any]:
    if kind == "defaults":
        return TEXTS | {answers.split(): framework}
    return TEXTS | EXTREMES[f"{framework}-{kind}"]


def update(project: Path, to: str = NOW, conflicting: str = "(?!)", **changed: Any) -> None:
    """As `copier update --defaults` does; pytest-copie cannot change answers on the way.

    Only paths that match `conflicting` may end in conflict.
    """
    data = gathered(changed)
    with quick_updates():
        run_update(project, data=data, defaults=True, overwrite=True, quiet=True, vcs_ref=to)
    assert [each for each in conflicts(project) if not re.search(conflicting, each)] == []
    commit(project, f"Update to {to}")


def stored(project: Path) -> dict[str, Any]:
    kept = yaml.safe_load((project / ANSWERS).read_text())
    return {name: value for name, value in kept.items() if not name.startswith("_")}


def template_owned(project: Path) -> dict[Path, bytes]:
    return {
        path: content
        for path, content in files(project).items()
        if ownership.owners(path) != [ownership.ONCE]
    }


# --- from every release ------------------------------------------------------------------


def test_the_history_holds_the_releases() -> None:
    assert not releases.shallow(), "a shallow clone: `git fetch --unshallow` brings the history"
    heading = "## v0.1.0 - 2026-01-31"
    assert releases.released(), f"no commit of CHANGELOG.md has a heading like `{heading}`"


@each_kind
@each_framework
@each_release
def test_an_untouched_project_becomes_a_new_one(
    release: str, framework: str, kind: str, start: Start, copie: Copie
) -> None:
    """By Copier just as it is for most people, and for the ends by the quick one."""
    project = start(release, **row(framework, kind))
    made = stored(project)
    with nullcontext() if kind == "defaults" else quick_updates():
        updated = copie.update(Result(project_dir=project), vcs_ref=NOW)
    assert updated.exception is None, updated.exception
    assert conflicts(project) == []
    # What was never asked brings nothing, though a new project might begin with it.
    assert template_owned(project) == template_owned(start(NOW, **stored(project)))
    assert made.items() <= stored(project).items()


@each_kind
@each_framework
@each_release
def test_a_lived_in_project_keeps_every_edit(
    release: str, framework: str, kind: str, start: Start
) -> None:
    project = start(release, **row(framework, kind))
    made = stored(project)
    edits = live_in(project)
    update(project, conflicting=MOVED.get(release, "(?!)"))
    assert [edit for edit in edits if not edit.kept(project)] == []
    assert made.items() <= stored(project).items()


@each_release
def test_every_old_answer_is_still_accepted(
    release: str, repository: Repository, template: Template, tmp_path: Path
) -> None:
    """Copier swaps an answer that it no longer knows for the default, and says nothing."""
    old = Template(repository.at(release, tmp_path / "old"))
    for name, question in old.questions.items():
        if question.get("when") is not False and question.get("ask") is not False:
            now = template.questions.get(name, {})
            assert now, f"{name} is no longer asked"
            assert set(answers.values(question)) <= set(answers.values(now)), name
            assert question["type"] == now["type"], name


def test_a_name_that_was_free_once_is_kept(start: Start) -> None:
    project = start("v0.1.0", project_name="Proxy", package_name="proxy", description="x")
    update(project)
    assert stored(project)["package_name"] == "proxy"


@pytest.mark.parametrize("release", [*RELEASES, NOW])
def test_a_project_keeps_its_name_in_another_folder(
    release: str, start: Start, tmp_path: Path
) -> None:
    """The name of a new project comes from its folder; an update must not look there."""
    project = start(release)
    name = stored(project)["project_name"]
    moved = project.rename(tmp_path / "tea-house")
    update(moved)
    assert stored(moved)["project_name"] == name != "Tea House"


# --- files that have moved ---------------------------------------------------------------


@dataclass
class Moved:
    """A project of v0.1.0, updated, in which each Python file had an edit."""

    project: Path
    edited: list[Path]
    message: str

    def deleted(self) -> list[Path]:
        return [path for path in self.edited if not (self.project / path).exists()]

    def commands(self) -> str:
        """Find what the message says to type."""
        section = self.message.partition("Copier has deleted the old files")[2]
        return "\n".join(re.findall(r"(?m)^  (\S.*)$", section))


@pytest.fixture(
    params=[(kind, data) for kind in FRAMEWORKS for data in ("none", "sqlite")], ids=str
)
def moved(
    request: pytest.FixtureRequest, start: Start, capsys: pytest.CaptureFixture[str]
) -> Moved:
    framework, database = request.param
    project = start("v0.1.0", framework=framework, database=database, package_name="app")
    edited = [path for path in files(project) if path.suffix == ".py" and "core" not in path.parts]
    for path in edited:
        with (project / path).open("a") as file:
            file.write(f'\n\nOURS = "{path}"\n')
    commit(project, "Edit every file")
    capsys.readouterr()
    with quick_updates():
        run_update(project, defaults=True, overwrite=True, vcs_ref=NOW)
    return Moved(project, edited, capsys.readouterr().err)


def test_an_update_names_the_files_that_have_moved(moved: Moved) -> None:
    deleted = {path.as_posix() for path in moved.deleted()}
    named = set()
    for old, new in re.findall(r"(?m)^  (\S+\.py) is (\S+\.py)\n    (?=\w)", moved.message):
        told = moved.message.partition(f"{old} is {new}\n")[2]
        names = re.match(r"(?:    .*\n)+", told)
        assert names
        for name in re.findall(r"\w+", names[0]):
            named.add(old.replace("<name>", name))
            assert (moved.project / new.replace("<name>", name)).exists()
    for old, new in re.findall(r"(?m)^  ([^\s<]+\.py) is ([^\s<]+\.py)$", moved.message):
        named.add(old)
        assert (moved.project / new).exists()
    assert named == deleted


def test_edits_in_moved_files_are_applied_to_the_new_files(moved: Moved) -> None:
    """Copier has deleted them without a word: Git has them, and detects renames."""
    lost = moved.deleted()
    assert lost
    project = moved.project
    argv = ["sh", "-c", moved.commands()]
    done = subprocess.run(argv, cwd=project, capture_output=True, text=True, check=False)
    shown, _, _ = done.stdout.partition("Applying: Our edits")
    for path in lost:
        assert f'+OURS = "{path}"' in shown
    now = b"\n".join(files(project).values()).decode(errors="replace")
    assert [path for path in lost if f'OURS = "{path}"' not in now] == []
    assert "Applying: Our edits" in done.stdout


def changelog_commands() -> list[str]:
    """Give what CHANGELOG.md says to type after an update to this version, block by block."""
    unreleased = (ROOT / "CHANGELOG.md").read_text().partition("\n## v")[0]
    return [dedent(block) for block in re.findall(r"(?s) +```sh\n(.*?) +```", unreleased)]


def test_the_changelog_has_the_commands_of_the_message(moved: Moved) -> None:
    assert changelog_commands()[0].split() == moved.commands().split()


@each_framework
def test_the_commands_of_the_changelog_mend_the_imports(framework: str, start: Start) -> None:
    """The example is the user's, and imports what has moved."""
    project = start("v0.1.0", framework=framework, database="sqlite", package_name="app")
    (project / "src/app/orders.py").write_text("from .database import Base as Base\n")
    (project / "tests/test_orders.py").write_text("from app.database import Base as Base\n")
    commit(project, "Work")
    update(project)
    assert unresolved(project)
    script = "".join(changelog_commands()[1:]).replace("uv run ruff check --fix\n", "")
    if framework == "fastapi":
        script = script.partition("git ls-files 'src/*.py'")[0]
    assert "package=field_notes\n" in script
    script = script.replace("package=field_notes\n", "package=app\n")
    subprocess.run(["sh", "-e", "-c", script], cwd=project, check=True)
    assert unresolved(project) == []
    if framework == "flask":
        home = (project / "src/app/templates/home.html").read_text()
        assert "in navigation" in home
        assert "add_to_navigation" in (project / "src/app/notes/__init__.py").read_text()


def unresolved(project: Path) -> list[str]:
    """Find imports of modules of the project that are not there."""
    found = []
    for path in [*project.glob("src/**/*.py"), *project.glob("tests/**/*.py")]:
        for dots, name in re.findall(r"(?m)^from (\.+|app\.)([a-z_.]+) import", path.read_text()):
            up = len(dots) - 1 if dots.startswith(".") else 0
            base = path.parents[up] if dots.startswith(".") else project / "src/app"
            module = base / name.replace(".", "/")
            if not (module.is_dir() or module.with_suffix(".py").exists()):
                found.append(f"{path.relative_to(project)}: {dots}{name}")
    return found


def test_a_later_update_says_nothing_of_moved_files(
    start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    project = start("v0.1.0")
    with quick_updates():
        run_update(project, defaults=True, overwrite=True, vcs_ref=NOW)
    assert "Files have moved" in capsys.readouterr().err
    commit(project, "Update")
    with quick_updates():
        run_update(project, data={"ci": "none"}, defaults=True, overwrite=True, vcs_ref=NOW)
    assert "Files have moved" not in capsys.readouterr().err


# --- the next release --------------------------------------------------------------------


@pytest.fixture(scope="session")
def next_release(repository: Repository) -> Repository:
    repository.release_next()
    return repository


@pytest.mark.usefixtures("next_release")
@each_kind
@each_framework
def test_the_next_release_merges_into_a_lived_in_project(
    framework: str, kind: str, start: Start
) -> None:
    project = start(NOW, **row(framework, kind))
    edits = live_in(project)
    update(project, NEXT)
    assert [edit for edit in edits if not edit.kept(project)] == []
    toml = (project / "pyproject.toml").read_text()
    assert f'"{framework}>=99' in toml
    assert '"tzdata>=2026"' in toml
    assert any(b"the next release" in content for content in files(project).values())


# --- answers that change -----------------------------------------------------------------


each_part = pytest.mark.parametrize(("part", "base"), PARTS.values(), ids=PARTS)


@each_part
def test_a_part_comes_as_in_a_new_project_and_goes_without_a_trace(
    part: str, base: Row, start: Start, template: Template, tmp_path: Path
) -> None:
    """Its own files too, though they are written only once; and what users wrote stays.

    One project is used for all: apart from the edits it is what an untouched one would be.
    """
    plainest, *others = CHOICES[part]
    project = start(NOW, **TEXTS, **base)
    begun = yaml.safe_load((project / ANSWERS).read_text())["starters"]
    edits = live_in(project)
    before = files(project)
    for value in others:
        update(project, **{part: value})
        assert [edit for edit in edits if not edit.kept(project)] == []
        now = files(project)
        # The example that a project began with stays in use.
        given = TEXTS | base | {part: value, "starters": begun}
        fresh = template.render(tmp_path / str(value), **given)
        theirs = template.spared(fresh, "update", **given)
        assert now.keys() - before.keys() == files(fresh).keys() - before.keys() - theirs
        same = {path: content for path, content in template_owned(fresh).items() if path != ANSWERS}
        assert {path: without(edits, path, now[path]) for path in same} == same
    update(project, **{part: plainest})
    assert files(project) == before


def without(edits: list[Edit], path: Path, content: bytes) -> bytes:
    """Take out what a user wrote into a file."""
    for edit in edits:
        if edit.path == path.as_posix():
            content = content.replace(edit.text.encode(), b"", 1)
    return content


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ({"database": "none", "api": "flask-smorest"}, {"database": "sqlite"}),
        ({"database": "none"}, {"database": "sqlite", "api": "flask-smorest"}),
        ({"database": "sqlite"}, {"database": "none", "api": "spectree"}),
        ({"database": "sqlite", "api": "flasgger"}, {"database": "none"}),
        (
            {"database": "none", "extensions": ["translations"]},
            {"database": "sqlite", "extensions": ["translations"]},
        ),
    ],
    ids=str,
)
def test_a_part_and_a_database_come_in_any_order(before: Row, later: Row, start: Start) -> None:
    project = start(NOW, framework="flask", package_name="app", **before)
    update(project, **later)
    missing = [
        f"{path.relative_to(project)}: {name}"
        for path in (project / "src").rglob("__init__.py")
        for name in re.findall(r"(?m)^from \. import (\w+)$", path.read_text())
        if not [*path.parent.glob(f"{name}.py"), *path.parent.glob(f"{name}/__init__.py")]
    ]
    assert missing == []
    german = project / "src/app/translations/de"
    for part in ("notes", "reading_time") if german.exists() else ():
        said = f"import {part}\n" in (project / "src/app/__init__.py").read_text()
        assert (german / f"{part}.po").exists() is said


def test_an_example_whose_part_goes_is_named(
    start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the user's, so it stays, and fails."""
    project = start(NOW, purpose="ml", package_name="app")
    with quick_updates():
        run_update(project, data={"predictions": False}, defaults=True, overwrite=True)
    assert (project / "src/app/predictions/router.py").exists()
    assert "what they need:\npredictions\n" in capsys.readouterr().err


def test_translations_that_go_leave_marks_in_no_page_but_the_user_s(start: Start) -> None:
    part, base = PARTS["flask-extensions.translations"]
    project = start(NOW, **TEXTS, **(base | {part: True}))
    update(project, **(base | {part: False}))
    assert template_owned(project) == template_owned(start(NOW, **stored(project)))
    marked = [path for path, content in files(project).items() if b'{{ _("' in content]
    assert marked
    assert {owner for path in marked for owner in ownership.owners(path)} == {ownership.ONCE}


# What a project's README says to do with its database, and with what documents its API.
COMMANDS = {
    "fastapi": {
        "url": "sqlite+aiosqlite:///",
        "upgrade": ["alembic", "upgrade", "head"],
        "check": ["alembic", "check"],
        "document": ["python", "-m", "tea_cake.openapi"],
    },
    "flask": {
        "url": "sqlite:///",
        "upgrade": ["flask", "--app", "tea_cake", "db", "upgrade"],
        "check": ["flask", "--app", "tea_cake", "db", "check"],
        "document": ["flask", "--app", "tea_cake", "openapi", "print"],
    },
}


@dataclass
class InUse:
    """A project with data, which parts come to later."""

    root: Path
    framework: str
    database: Path
    types: Types

    def __post_init__(self) -> None:
        self.project = Project(self.root, oldest_python())
        self.project.uv("sync")
        self.run("upgrade")
        keep_a_note(self.database, 1 if self.framework == "flask" else "0" * 32)
        commit(self.root, "Work")
        self.tests = git("ls-files", "tests/*test_*.py", cwd=self.root).split()

    def run(self, step: str) -> str:
        said = COMMANDS[self.framework]
        command = self.told("what changes") if step == "revision" else said[step]
        with self.project.servers() as env:  # what else the app asks for when it starts
            env["DATABASE_URL"] = f"{said['url']}{self.database}"
            return self.project.uv("run", *command, **env)

    def told(self, end: str) -> list[str]:
        """Find a command in the README by how it ends."""
        found = re.search(rf'(?m)^uv run (.+ "{end}")$', self.project.text("README.md"))
        assert found, f"README.md has no command that ends with {end!r}"
        return shlex.split(found[1])

    def take(self, **changed: Any) -> None:
        """Do what the README says to do after an update."""
        update(self.root, **changed)
        if not git("diff", "--stat", "HEAD~1", "--", "src", "pyproject.toml", cwd=self.root):
            return  # nothing of it is run
        self.project.uv("sync")
        for step in ("revision", "upgrade", "check"):
            self.run(step)
        assert notes(self.database) == ["Kept"]
        if (self.root / "openapi.json").exists():
            (self.root / "openapi.json").write_text(self.run("document"))
        self.project.uv("run", "ruff", "check")
        self.types.check(self.project)
        # The notes are the user's: tests that come with a part tell what they lack for it.
        self.project.uv("run", "pytest", "-x", *self.tests, TEST_EXAMPLES="2")


@pytest.mark.skipif(not NIGHTLY, reason="at each push all parts of a framework come together")
@each_part
def test_a_part_that_comes_later_works_with_the_data_that_is_there(
    part: str, base: Row, start: Start, types: Types, tmp_path: Path
) -> None:
    if part == "database":
        pytest.skip("there is no data yet")
    for value in CHOICES[part][1:]:
        made = start(NOW, **TEXTS, **(base | {"database": "sqlite"}))
        used = InUse(made, base[answers.split()], tmp_path / f"{value}.sqlite3", types)
        used.take(**{part: value})


# Those that bring sign-in, and the rest: who has both gives the notes an owner, as mypy tells.
ACCOUNTS = {"auth", *(f"extensions.{name}" for name in ("sign_in", "mail", "admin", "audit"))}
EXTENSIONS = {name for name in CHOICES if name.startswith("extensions.")}
TOGETHER = {
    "fastapi-accounts": {"auth"},
    "fastapi": set(PARTS_OF["fastapi"]) - {"auth", "database"},
    "flask-accounts": EXTENSIONS & ACCOUNTS,
    "flask": EXTENSIONS - ACCOUNTS,
}


@pytest.mark.parametrize("name", TOGETHER)
def test_parts_that_come_later_together_work_with_the_data_that_is_there(
    name: str, start: Start, types: Types, tmp_path: Path
) -> None:
    framework = name.partition("-")[0]
    base = EXTREMES[f"{framework}-nothing"] | {"database": "sqlite"}
    made = start(
        NOW, **TEXTS, **(base | ({"api": "flask-smorest"} if framework == "flask" else {}))
    )
    wanted = {part: CHOICES[part][-1] for part in TOGETHER[name]}
    InUse(made, framework, tmp_path / "all.sqlite3", types).take(**wanted)


def keep_a_note(database: Path, key: object) -> None:
    with sqlite3.connect(database) as connection:
        when = "2026-01-01 00:00:00.000000"
        connection.execute(
            "INSERT INTO notes (id, title, body, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (key, "Kept", "", when, when),
        )
    connection.close()


def notes(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT title FROM notes").fetchall()
    connection.close()
    return [title for (title,) in rows]


def test_new_advice_does_not_change_the_framework(start: Start, template: Template) -> None:
    picks = {}
    for given in answers.PURPOSES.values():
        held = template.interview(**given).answers
        asked = {
            name: held[name] for name in CHOICES if name not in (*answers.GATED, answers.split())
        }
        picks[held[answers.split()]] = asked
    assert picks.keys() == set(FRAMEWORKS)
    one, other = FRAMEWORKS
    project = start(NOW, **TEXTS, **picks[one])
    update(project, **picks[other])
    assert stored(project)[answers.split()] == one
    # Whoever wants to switch says so, and reads the differences: the examples are two.
    with quick_updates():
        run_update(project, data={answers.split(): other}, defaults=True, overwrite=True)
    assert stored(project)[answers.split()] == other
