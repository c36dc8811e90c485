"""What people type is refused in one sentence, or survives wherever it is written."""

import ast
import html
import json
import keyword
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from copying import ROOT
from copying import Template
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

ENV = Template(ROOT).env
NAMES: Any = ENV.get_template("hooks/names.jinja").module
QUOTE: Any = ENV.get_template("hooks/quote.jinja").module
ANSWERS_FILE = ENV.from_string("{{ {'name': text} | to_nice_yaml }}")
MOST = 60

HOSTILE = [
    "",
    " ",
    "\N{NO-BREAK SPACE}",
    " padded ",
    "two\nlines",
    "abc\n",
    "\r",
    "tab\there",
    "nul\0",
    "\x1b[31mred",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "right \u202e to left",
    "\u2066isolated\u2069",
    "\ufeffmark",
    "zero\u200bwidth",
    "\ud800",
    "x\udfff",
    "\ufffe",
    "\uffff",
    "\U000e0041\U000e007f",
    "\u3164",
    "x" * 300,
    "\N{CJK UNIFIED IDEOGRAPH-4E2D}" * (MOST // 2 + 1),
    '"' * (MOST // 2 + 1),
]
ODD = [
    "{{ 7*7 }}",
    "{% raw %}",
    "{# comment #}",
    "${{ secrets.TOKEN }}",
    "%(name)s {name} %s",
    "`id` $(id) $HOME",
    "../x",
    "../../etc/passwd",
    ".git",
    "a/b",
    "a\\b",
    "C:\\new\\table",
    "trailing\\",
    'say "hi"',
    "it's",
    "'''",
    '"""',
    "'; DROP TABLE notes; --",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quote",
    "a | b",
    "a: b",
    "= b",
    "===",
    "---",
    "***",
    "~~~",
    "```",
    "[link](javascript:alert(1))",
    "![image](x)",
    "<script>alert(1)</script>",
    "<!-- -->",
    "<https://example.com>",
    "https://example.com",
    "&amp; &lt; &#35;",
    "*bold* _it_ __b__ ~~s~~",
    "two  spaces",
    "!!python/object:os.system",
    "!tag",
    "&anchor",
    "*alias",
    "@at",
    "%YAML",
    "? key",
    "yes",
    "null",
    "~",
    "1e3",
    "0x1F",
    "2024-01-01",
    "...",
    "[a, b]",
    "{a: b}",
    "Café Löwe",
    "Ada’s Café – «Tea»",  # noqa: RUF001
    """She said "it's" so""",
    """It's Ada's "tea\"""",
    "日本語",
    "می\u200cخواهم",  # noqa: RUF001
    "🚀",
    "👩\u200d💻 ❤️",
    "𝔘𝔫𝔦",  # noqa: RUF001
    "e\u0301",
    "x" * MOST,
    "\N{CJK UNIFIED IDEOGRAPH-4E2D}" * (MOST // 2),
]
NO_PACKAGE = [
    "",
    "a",  # is fine, and the control of this list
    "abc\n",
    "Abc",
    "_abc",
    "__init__",
    "1abc",
    "a-b",
    "a b",
    "a.b",
    "a/b",
    "../x",
    ".git",
    "..",
    "é",
    "а",  # noqa: RUF001 (a Cyrillic letter)
    "١",  # noqa: RUF001
    "a" * 45,
    "a" * 300,
    "class",
    "match",
    "con",
    "nul",
    "com1",
    "lpt9",
    "json",
    "logging",
    "fastapi",
    "tests",
    "\0",
    "\ud800",
]

anything = st.text(st.characters(exclude_categories=()), max_size=80)
markup = st.text("\\`*_{}[]<>()#+-.!|~$&=:;'\"%@/ a1\u00e9\N{ROCKET}", max_size=MOST)
typed = st.one_of(anything, markup, st.sampled_from(HOSTILE + ODD))
thorough = settings(max_examples=500, deadline=None, derandomize=True, database=None)


def refused(text: str) -> bool:
    problem = NAMES.text_problem(text, MOST).strip()
    assert problem == "" or is_one_sentence(problem)
    return bool(problem)


def is_one_sentence(problem: str) -> bool:
    return bool(re.fullmatch(r"[A-Z0-9a-z_][^\n]{10,110}\.", problem))


# --- Package names ---------------------------------------------------------------------


def package_problem(name: str) -> str:
    return str(NAMES.package_problem(name)).strip()


@pytest.mark.parametrize("name", NO_PACKAGE, ids=ascii)
def test_what_cannot_be_a_package_is_refused_in_a_sentence(name: str) -> None:
    problem = package_problem(name)
    assert is_one_sentence(problem) if name != "a" else not problem


@thorough
@given(anything)
@example("abc\n")
def test_what_is_accepted_as_a_package_can_be_one(name: str) -> None:
    if not package_problem(name):
        assert_importable(name)


def assert_importable(name: str) -> None:
    assert name.isascii()
    assert name.isidentifier()
    assert name == name.lower()
    assert len(name) <= 44
    assert not keyword.iskeyword(name)
    assert not keyword.issoftkeyword(name)
    assert name not in sys.stdlib_module_names
    ast.parse(f"from {name} import thing")


@thorough
@given(typed)
def test_every_project_name_gives_a_package_that_is_accepted(name: str) -> None:
    package = NAMES.package_from(name)
    assert package_problem(package) == ""
    assert_importable(package)


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("Field Notes", "field_notes"),
        ("Logging", "logging_app"),
        ("Flask", "flask_app"),
        ("Class", "class_app"),
        ("COM1", "com1_app"),
        ("Ada's Tea & Cake", "ada_s_tea_cake"),
        ("2048", "app"),
        ("3D Shop", "d_shop"),
        ("日本語", "app"),
        ("../.git/x", "git_x"),
        ("a" * 300, "a" * 40),
    ],
)
def test_a_package_is_named_after_its_project(name: str, package: str) -> None:
    assert NAMES.package_from(name) == package


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("field-notes", "Field Notes"),
        ("field_notes", "Field Notes"),
        ("my  tea - house", "My Tea House"),
        ("RocketAPI", "RocketAPI"),
        ("ünder-über", "Ünder Über"),
        ("shop.example.com", "Shop.example.com"),
        (".dotfiles", "Dotfiles"),
        ("日本語", "日本語"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("", "Field Notes"),
        ("..", "Field Notes"),
        ("-_-", "Field Notes"),
        ("bad\udcff", "Field Notes"),
        ("right \u202e to left", "Field Notes"),
        ("x" * 61, "Field Notes"),
    ],
    ids=ascii,
)
def test_a_project_is_named_after_its_folder(folder: str, name: str) -> None:
    assert NAMES.name_from(folder) == name


@thorough
@given(typed)
def test_every_folder_gives_a_name_that_is_accepted(folder: str) -> None:
    assert not refused(NAMES.name_from(folder))


def taken() -> list[str]:
    return list(NAMES.taken)


@pytest.mark.parametrize("name", NAMES.taken)
def test_a_taken_name_is_refused_and_a_project_of_that_name_gets_another(name: str) -> None:
    assert package_problem(name)
    assert package_problem(NAMES.package_from(name)) == ""


def test_python_s_own_names_are_taken() -> None:
    own = {*keyword.kwlist, *keyword.softkwlist, *sys.stdlib_module_names}
    assert {name for name in own if not package_problem(name)} == set()


REQUIREMENT = re.compile(
    r'(?m)(?:^\s*(?:- )?|requirements: \[)"?([A-Za-z][\w.-]+)(?:\[[\w,-]+\])?[<>=~]='
)


def requirements() -> Iterator[str]:
    """What the projects depend on, as it is written anywhere in the template."""
    for tree in ("template-fastapi", "template-flask", "template-shared", "features"):
        for path in (ROOT / tree).rglob("*"):
            if path.is_file() and ("pyproject" in str(path) or path.suffix == ".yml"):
                yield from REQUIREMENT.findall(path.read_text())
    held = Template(ROOT).interview().answers
    for requirement in chain(held["brought"]["requirements"], held["brought"]["dev_requirements"]):
        if not requirement.startswith(held["distribution_name"]):  # a package of the project's own
            yield re.findall(r"^[\w.-]+", requirement)[0]


def test_what_the_projects_depend_on_is_taken() -> None:
    names = {re.sub(r"[-_.]+", "_", name).lower() for name in requirements()}
    assert {"fastapi", "flask", "pytest"} <= names
    missing = sorted(names - set(taken()))
    assert missing == [], "add these to `dependencies` in hooks/names.jinja: nobody may use them"


def test_no_name_is_listed_twice() -> None:
    lists = (NAMES.keywords, NAMES.modules, NAMES.dependencies, NAMES.places)
    assert all(len(names.split()) == len(set(names.split())) for names in lists)


# --- Texts -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_would_break_a_file_or_a_reader_is_refused(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_what_only_looks_dangerous_is_welcome(text: str) -> None:
    assert not refused(text)


FORMATS: dict[str, Callable[[str], object]] = {
    "TOML": lambda quoted: tomllib.loads(f"name = {quoted}")["name"],
    "a table in TOML": lambda quoted: tomllib.loads(f"a = [{{ name = {quoted} }}]")["a"][0]["name"],
    "YAML": lambda quoted: yaml.safe_load(f"name: {quoted}\nnext: 1\n")["name"],
    "JSON": lambda quoted: json.loads(f'{{"name": {quoted}}}')["name"],
    "Python": ast.literal_eval,
}


@thorough
@given(typed)
def test_a_quoted_text_survives_in_every_format(text: str) -> None:
    if not refused(text):
        quoted = QUOTE.q(text)
        assert {name: read(quoted) for name, read in FORMATS.items()} == dict.fromkeys(
            FORMATS, text
        )
        assert ast.literal_eval(QUOTE.py(text)) == text
        assert len(QUOTE.py(text)) <= len(quoted) <= MOST + 2


def test_ruff_has_no_other_wish_for_a_text_in_python(tmp_path: Path) -> None:
    file = tmp_path / "names.py"
    file.write_text("".join(f"NAME_{n} = {QUOTE.py(text)}\n" for n, text in enumerate(ODD)))
    rules = ROOT / "template-shared/pyproject/ruff.toml"
    settings = tmp_path / "pyproject.toml"
    settings.write_text(rules.read_text())
    for command in (["check"], ["format", "--diff"]):
        argv = [str(Path(sys.executable).with_name("ruff")), *command, "--no-cache", str(file)]
        result = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


@thorough
@given(typed)
def test_a_text_survives_in_the_answers_file_and_in_html(text: str) -> None:
    if not refused(text):
        assert yaml.safe_load(ANSWERS_FILE.render(text=text)) == {"name": text}
        assert html.unescape(ENV.from_string("{{ text | e }}").render(text=text)) == text


PLACES = {
    "heading": "# {}\n\nNext.\n",
    "paragraph": "{}\n\nNext.\n",
    "paragraph under a heading": "# Title\n\n{}\n",
    "item": "- {}\n",
    "sentence": "The authors of {} wrote it.\n",
    "cell": "| a | b |\n|---|---|\n| {} | c |\n",
}
READERS = [MarkdownIt("commonmark").enable("table"), MarkdownIt("gfm-like", {"linkify": False})]


def shown(tokens: list[Token]) -> Iterator[str]:
    """The text of each block, which must be text and nothing else."""
    for token in tokens:
        if token.type == "inline":
            assert {child.type for child in token.children or []} <= {"text"}
            yield "".join(child.content for child in token.children or [])
        else:
            assert token.type not in {"html_block", "code_block", "fence", "hr"}


@thorough
@given(typed)
def test_markdown_shows_just_the_text(text: str) -> None:
    if refused(text):
        return
    for place in PLACES.values():
        for reader in READERS:
            plain, odd = (
                list(shown(reader.parse(place.replace("{}", QUOTE.md(words)))))
                for words in ("words", text)
            )
            assert odd == [part.replace("words", text) for part in plain]


def test_plain_text_stays_plain_in_markdown() -> None:
    text = "Ada's Tea & Cake (2024), no. 1: 50 % off!"
    assert QUOTE.md(text) == text.replace("&", "\\&")
