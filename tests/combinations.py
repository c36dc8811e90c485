"""The projects of all combinations, on disk, and tests that look at many of them at once."""

import fcntl
import re
import shutil
import traceback
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import answers
import pytest
from answers import ROWS
from copying import ROOT
from copying import Template
from faults import ANSWERS

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

    def _write(self, where: Path) -> None:
        self.template.render(where, **ROWS[where.name])


def write_once(folder: Path, write: Callable[[Path], object], *, wait: bool = True) -> Path:
    """Write a folder that all workers share, unless one of them has, or does so now.

    Without `wait`, one that another worker is writing is left to it.
    """
    beside = folder.parent.with_name(f"{folder.parent.name}-locks")
    beside.mkdir(parents=True, exist_ok=True)
    done = beside / f"{folder.name}.done"
    if done.exists():
        return folder
    with (beside / folder.name).open("w") as file:
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
    said = re.search(rf"(?m)^{answers.split()}: (\w+)", (project / ANSWERS).read_text())
    package = next((p.name for p in project.glob("src/*") if p.is_dir()), "")
    parts = ["{{ package_name }}" if part == package else part for part in Path(path).parts]
    if not said or not parts:
        return ""
    place = Path(f"template-{said[1]}", *parts)
    both = (place, place.with_name(f"{place.name}.jinja"))
    return next((source.as_posix() for source in both if (root / source).exists()), "")
