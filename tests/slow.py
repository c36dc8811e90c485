"""The slow tests of generated projects: which of them are the same in two projects.

A slow test starts processes. At a push each distinct one is run in the first project that has it,
at night in every project. Two are the same if these texts are, but for the package's name: the test
file, the helpers and fixtures that it uses, and the code of the package that they import. Modules
are followed within `core/`; of the rest of the package only what is imported directly counts, and
the file that assembles the app does not. So a push does not try such a test beside other features.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from remembered import digest

MARKED = re.compile(r"(?m)^pytestmark = .*\bpytest\.mark\.slow\b")
ASSEMBLES = {"__init__.py", "main.py"}  # at the top of the package


def slow_tests(project: Path) -> dict[str, str]:
    """Give the files in which every test is slow, each with a hash of what it depends on."""
    return {
        path.relative_to(project).as_posix(): signature(path, project)
        for path in sorted((project / "tests").rglob("test_*.py"))
        if MARKED.search(path.read_text())
    }


def signature(test: Path, project: Path) -> str:
    package = next(path.parent for path in sorted(project.glob("src/*/__init__.py")))
    paths = sorted(depended_on(test, project, package))
    names = [path.relative_to(project).as_posix() for path in paths]
    texts = [path.read_text() for path in paths]
    word = re.compile(rf"\b{package.name}\b")
    return digest(word.sub("package", text) for text in [test.name, *names, *texts])


def depended_on(test: Path, project: Path, package: Path) -> set[Path]:
    """Find the test file, its helpers and fixtures, and the modules that these import."""
    found = set[Path]()
    tests = project / "tests"
    fixtures = [folder / "conftest.py" for folder in test.parents if tests in (folder, *folder.parents)]
    waiting = {test, *(path for path in fixtures if path.is_file())}
    while waiting:
        path = waiting.pop()
        found.add(path)
        if tests in path.parents or package / "core" in path.parents:
            waiting |= set(imported(path, project, package)) - found
    return found


def imported(path: Path, project: Path, package: Path) -> Iterator[Path]:
    """Give the files of the project that a file imports."""
    for name in names_imported(path.read_text()):
        for place in (path.parent, project / "tests", package.parent):
            parts = name.removeprefix(".").split(".") if name else []
            module = place.joinpath(*parts)
            for file in (module.with_suffix(".py"), module / "__init__.py"):
                if parts and file.is_file() and not assembles(file, package):
                    yield file


def assembles(path: Path, package: Path) -> bool:
    return path.parent == package and path.name in ASSEMBLES


@cache
def names_imported(text: str) -> set[str]:
    """Give what a text imports, with a name that is imported from a module as a module too."""
    found = set[str]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = "../" * (node.level - 1)
            module = above + (node.module or "").replace("..", ".")
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found
