"""The projects of all combinations, on disk, and tests that look at many of them at once."""

import fcntl
import json
import re
import shutil
import traceback
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import answers
import pytest
from answers import ROWS
from copying import ROOT
from copying import Template
from faults import ANSWERS
from jinja2 import Environment

Check = Callable[[Path], None]
Find = Callable[[Path], Iterable[str]]
MOST = 40  # faults that are printed


@dataclass(frozen=True)
class Projects:
    """Each combination's project, written once, by whichever worker needs it first.

    Tests must not change them.
    """

    template: Template
    folder: Path
    first: int = 0  # which half of the work this worker begins with

    def __hash__(self) -> int:
        return hash(self.folder)

    def __call__(self, name: str) -> Path:
        """Give one project, and write it if nobody has."""
        return write_once(self.folder / name, self._write)

    @cached_property
    def all(self) -> dict[str, Path]:
        """Give every project. Two workers that need them at once write half each."""
        names = list(ROWS)
        for name in names if self.first == 0 else reversed(names):
            write_once(self.folder / name, self._write, wait=False)
        return {name: self(name) for name in names}

    def origin(self, name: str) -> "Origin":
        """Tell what a project was written from."""
        said = json.loads(self._origin(self(name)).read_text())
        return Origin(set(said["files"]), set(said["lacking"]))

    def _write(self, where: Path) -> None:
        with files_read() as read:
            given = self.template.write(where, **ROWS[where.name])
        lacking = [name for name, manifest in given["manifests"].items() if not manifest["wanted"]]
        self._origin(where).write_text(json.dumps({"files": sorted(read), "lacking": lacking}))

    def _origin(self, project: Path) -> Path:
        return _beside(project, "origin.json")


@dataclass(frozen=True)
class Origin:
    """The files of the template that a project was rendered from, and the features it lacks."""

    files: set[str]
    lacking: set[str]


@contextmanager
def files_read() -> Iterator[set[str]]:
    """Collect the names of the files that Jinja renders, includes, extends or imports."""
    names = set[str]()
    load = Environment._load_template  # noqa: SLF001

    def note(self: Environment, name: Any, variables: Any) -> Any:
        names.add(name)
        return load(self, name, variables)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "_load_template", note)
        yield names


def write_once(folder: Path, write: Callable[[Path], object], *, wait: bool = True) -> Path:
    """Write a folder that all workers share, unless one of them has, or does so now.

    Without `wait`, one that another worker is writing is left to it.
    """
    done = _beside(folder, "done")
    if done.exists():
        return folder
    done.parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder, "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return folder
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # half of it, if a worker was stopped
            folder.parent.mkdir(parents=True, exist_ok=True)
            write(folder)
            done.touch()
    return folder


def _beside(folder: Path, kind: str) -> Path:
    return folder.parent.with_name(f"{folder.parent.name}-made") / f"{folder.name}.{kind}"


def in_each(names: Iterable[str], file: str = "") -> Callable[[Check], Callable[[Projects], None]]:
    """Turn a check of one project into a test that looks at many, and fails once.

    `file` is what the check is about; a failure names the file of the template that writes it.
    """

    def decorate(check: Check) -> Callable[[Projects], None]:
        def find(project: Path) -> Iterator[str]:
            try:
                check(project)
            except AssertionError as error:
                at = traceback.extract_tb(error.__traceback__)[-1]
                yield f"{file}: {Path(at.filename).name}:{at.lineno}: {error}"

        def test(rendered: Projects) -> None:
            fail_once(find, {name: rendered(name) for name in names})

        test.__doc__ = check.__doc__
        return test

    return decorate


def fail_once(find: Find, projects: dict[str, Path]) -> None:
    """Look for faults in all projects, and fail with each fault once."""
    found: dict[str, list[str]] = {}
    for name, project in projects.items():
        for fault in find(project):
            found.setdefault(fault, []).append(name)
    if found:
        lines = [_line(fault, names, projects) for fault, names in found.items()]
        rest = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
        pytest.fail("\n".join([*lines[:MOST], *rest]), pytrace=False)


def _line(fault: str, names: list[str], projects: dict[str, Path]) -> str:
    where = f"{len(names)} of {len(projects)} combinations, for example {names[0]}"
    sources = {source for name in names if (source := source_of(fault, projects[name]))}
    edit = f"\n    written by {', '.join(sorted(sources))}" if sources else ""
    return f"{fault}{edit}\n    in {where}"


def source_of(fault: str, project: Path, root: Path = ROOT) -> str:
    """Name what in the template writes the file with whose path a fault begins, if it is there."""
    path = re.split(r"[: ]", fault)[0]
    package = next((p.name for p in project.glob("src/*") if p.is_dir()), "")
    parts = ["{{ package_name }}" if part == package else part for part in Path(path).parts]
    place = Path(f"template-{framework_of(project)}", *parts)
    both = (place, place.with_name(f"{place.name}.jinja")) if parts else ()
    return next((source.as_posix() for source in both if (root / source).exists()), "")


def framework_of(project: Path) -> str:
    """Read from a project's answers which tree it was written from."""
    found = re.search(rf"(?m)^{answers.split()}: (\w+)", (project / ANSWERS).read_text())
    assert found, f"{project} has no answers"
    return found[1]
