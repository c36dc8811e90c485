"""The slow tests of generated projects: which of them are the same in two projects.

A slow test starts processes. At a push each distinct one is run in the first project that has it,
at night in every project. Two are the same if these texts are, but for the package's name: the test
file, the helpers and the modules of the package that it imports, and those that these import, as
far as they are in `core/`; and if both projects bring the same servers. Fixtures and the file that
assembles the app do not count, so a push does not try such a test beside every other feature.
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
    """Find the test file, its helpers, and the modules that these import."""
    found = set[Path]()
    tests = project / "tests"
    waiting = {test}
    while waiting:
        path = waiting.pop()
        found.add(path)
        if tests in path.parents or package / "core" in path.parents:
            waiting |= set(imported(path, project, package)) - found
    return found


def imported(path: Path, project: Path, package: Path) -> Iterator[Path]:
    """Give the files of the project that a file imports."""
    for level, name in names_imported(path.read_text()):
        places = [path.parents[level - 1]] if level else [path.parent, project / "tests"]
        for place in places if level else [*places, package.parent]:
            module = place.joinpath(*name.split("."))
            for file in (module.with_suffix(".py"), module / "__init__.py"):
                if file.is_file() and not (file.parent == package and file.name in ASSEMBLES):
                    yield file


@cache
def names_imported(text: str) -> set[tuple[int, str]]:
    """Give what a text imports, each with the number of dots before it.

    A name that is imported from a module may be a module itself.
    """
    found = set[tuple[int, str]]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {(0, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = [node.module] if node.module else []
            found |= {(node.level, ".".join(module))} if module else set()
            found |= {(node.level, ".".join([*module, alias.name])) for alias in node.names}
    return found
