"""How a rendered project can show that nobody wrote it by hand: one function a kind of fault.

They take a project's folder and yield sentences, so that test_planted_faults.py can run them
on templates that are wrong on purpose.
"""

import ast
import json
import re
import tomllib
from collections.abc import Callable
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml
from copying import files
from jinja2 import Environment

VENDORED = "vendor"
ANSWERS = Path(".copier-answers.yml")
# Jinja of the running application, which is not Copier's.
PAGES = "templates"

# Written so that this file does not name the hosts itself.
REGISTRIES = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|yarnpkg[.]com|unpkg[.]com|jsdelivr[.]net"
    r"|cdnjs|mirrors?[.]\w+[.]\w+|simple/?[\"']?\s*$|--(extra-)?index-url"
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/$}-])/(home|root|Users|work|private|var/folders|mnt)/\w")
MARKERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


@cache
def texts(project: Path) -> list[tuple[Path, str]]:
    """Give every file that a person reads. Projects are not changed while they are looked at."""
    read = {path: content for path, content in files(project).items() if VENDORED not in path.parts}
    return [(path, content.decode()) for path, content in read.items() if b"\0" not in content]


@cache
def code(text: str) -> ast.Module:
    """Parse a file once, though it is in a hundred projects."""
    return ast.parse(text)


@cache
def nodes(text: str) -> list[ast.AST]:
    """Walk through a file once, too."""
    return list(ast.walk(code(text)))


def scars(project: Path) -> Iterator[str]:
    """Blank lines, blanks and marks where something was left out."""
    for path, text in texts(project):
        most = 2 if path.suffix in {".py", ".mako"} else 1
        if text and not text.endswith("\n"):
            yield f"{path} does not end with a newline"
        if text.endswith("\n\n") or text.startswith("\n"):
            yield f"{path} begins or ends with a blank line"
        for number, line in enumerate(text.split("\n"), 1):
            if line != line.rstrip() and path != ANSWERS:
                yield f"{path}:{number} ends with a blank"
        if "\n" * (most + 2) in text:
            yield f"{path} has {most + 1} blank lines in a row"
        if "\r" in text:
            yield f"{path} has carriage returns"
        if found := MARKERS.search(text):
            yield f"{path} says {found[0]!r}"


def empty_folders(project: Path) -> Iterator[str]:
    """An `_exclude` that ends in a slash leaves out the files, and not the folder."""
    for path in sorted(project.rglob("*")):
        if path.is_dir() and not any(path.iterdir()):
            yield f"{path.relative_to(project)} is an empty folder"


def leftovers(project: Path) -> Iterator[str]:
    """What only Copier should have seen."""
    for path, text in texts(project):
        if path.suffix == ".jinja" or path.name == "copier.yml" or "{" in path.as_posix():
            yield f"{path} belongs in a template"
        if PAGES in path.parts or path == ANSWERS:
            continue
        if found := re.search(r"\{%|%\}|(?<![$f\"'{])\{\{ |_copier_\w+", text):
            yield f"{path} contains {found[0]!r}"


def documents(text: str) -> list[object]:
    return list(yaml.safe_load_all(text))


PAGE = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.i18n"])
GRAMMARS: dict[str, Callable[[str], object]] = {
    ".toml": tomllib.loads,
    ".json": json.loads,
    ".py": code,
    ".yml": documents,
    ".yaml": documents,
    ".html": PAGE.parse,
    ".svg": ET.fromstring,
}


@cache
def _parse(suffix: str, text: str) -> None:
    GRAMMARS.get(suffix, str)(text)


def parsed(project: Path) -> Iterator[str]:
    """Every file that has a grammar follows it."""
    for path, text in texts(project):
        try:
            _parse(path.suffix, text)
        except Exception as error:  # noqa: BLE001
            yield f"{path}: {error}"


def hosts(project: Path) -> Iterator[str]:
    """Whoever copies the project may install from elsewhere."""
    for path, text in texts(project):
        for kind in (REGISTRIES, MACHINE_PATHS):
            for number, line in enumerate(text.splitlines(), 1):
                if path != ANSWERS and (found := kind.search(line)):
                    yield f"{path}:{number} names {found[0]!r}"


# --- secrets -----------------------------------------------------------------------------

SECRET = re.compile(r"(?i)pass(word|wd)?$|secret(_?key)?$|token$|api_?key$|private_?key$")
ASSIGNED = re.compile(
    r"(?im)^[ \t-]*(?:export |ENV |ARG )?"
    r"[\"']?(\w*(?:passw(?:or)?d|secret|token|api_?key)\w*)[\"']?[ \t]*[:=][ \t]*([^\s#]+)"
)
CREDENTIALS = re.compile(r"\w://[^\s/:@\"'<>{}]*:([^\s/@\"'<>{}$*]+)@")
# What stands for a value without being one.
NO_VALUE = re.compile(
    r"(?i)[\"']?([$<{|>*&(]|\.\.\.|\$\{\{|read$|write$|none$|true$|false$|[\"']$)"
)


def secrets(project: Path) -> Iterator[str]:
    """A default password is one that runs in production one day."""
    for path, text in texts(project):
        for found in CREDENTIALS.finditer("" if "tests" in path.parts else text):
            yield f"{path} has credentials in a URL: {found[0]}"
        if path.suffix == ".py":
            if "tests" not in path.parts:
                yield from (f"{path}: {fault}" for fault in _python_secrets(text))
        elif path.suffix not in {".html", ".md", ".mako"} and "openapi" not in path.name:
            for name, value in ASSIGNED.findall(text):
                if not NO_VALUE.match(value):
                    yield f"{path} sets {name} to {value}"


@cache
def _python_secrets(text: str) -> list[str]:
    found = []
    for name, value in (pair for node in nodes(text) for pair in _assigned(node)):
        match value:
            case ast.Constant(value=str() | bytes() as said) if said and SECRET.search(name):
                found.append(f"{name} is {said!r}")
    return found


def _assigned(node: ast.AST) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((_name(target), value) for target in targets)
        case ast.AnnAssign(target=target, value=value):
            yield _name(target), value
        case ast.keyword(arg=str(name), value=value):
            yield name, value
        case ast.Dict(keys=keys, values=values):
            yield from ((_name(k), v) for k, v in zip(keys, values, strict=True))
        case ast.arguments():
            named = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
            yield from ((a.arg, v) for a, v in zip(named, node.defaults, strict=True))
            yield from ((a.arg, v) for a, v in zip(node.kwonlyargs, node.kw_defaults, strict=True))
        case ast.Call(args=[ast.Constant(value=str(name)), default, *_]):
            yield name, default  # os.environ.get("SECRET_KEY", "change me")


def _name(node: ast.AST | None) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name
        case ast.Subscript(slice=inner):
            return _name(inner)
    return ""


# --- size --------------------------------------------------------------------------------


def long_files(project: Path, most: int = 150, tests: int = 150) -> Iterator[str]:
    """Default projects are held to less (test_render.py): a part may need a little more."""
    for path, text in texts(project):
        limit = tests if path.parts[0] == "tests" else most
        if path.suffix == ".py" and (lines := text.count("\n")) > limit:
            yield f"{path} has {lines} lines"


def long_functions(project: Path, most: int = 20) -> Iterator[str]:
    """A function's docstring and decorators do not count; migrations are lists."""
    for path, text in texts(project):
        plain = path.suffix == ".py" and "versions" not in path.parts
        for name, lines in _lengths(text) if plain else ():
            if lines > most and name != "create_app":  # a list too
                yield f"{path}: {name} has {lines} lines"


@cache
def _lengths(text: str) -> list[tuple[str, int]]:
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return [(node.name, _length(node)) for node in nodes(text) if isinstance(node, functions)]


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def duplicates(project: Path) -> Iterator[str]:
    """Assembled lists that say a thing twice."""
    for path, text in texts(project):
        lines = [line for line in text.splitlines() if re.match(r"\s*(import|from) ", line)]
        if path.suffix == ".py":
            yield from (f"{path} twice: {a}" for a, b in pairwise(sorted(lines)) if a == b)
