"""What people type ends up in TOML, YAML, Python, HTML and Markdown, and must not break them."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import answers
import pytest
import yaml
from answers import CHOICES
from answers import QUESTIONS
from answers import TEXTS
from copying import Template
from faults import ANSWERS
from faults import nodes
from faults import parsed
from faults import scars
from faults import texts

FRAMEWORKS = CHOICES[answers.split()]
PLAIN = "quince"

ODD = {
    "double quotes": 'The "Tea" House',
    "both quotes": """She said "it's" so""",
    "statement": '"; import os',
    "triple": "'''",
    "triple double": '"""',
    "windows path": "C:\\new\\table",
    "trailing backslash": "back\\",
    "expression": "{{ 7*7 }}",
    "tag": "{% raw %}",
    "comment": "{# gone #}",
    "workflow": "${{ secrets.TOKEN }}",
    "shell": "$(reboot) `id` $HOME",
    "percent": "%(name)s %s 100%",
    "format": "{0} {name}",
    "emoji": "Café 🚀",
    "chinese": "订单服务",
    "arabic": "خدمة",
    "combining": "e\u0301tude",
    "astral": "𝕏 𠮷",  # noqa: RUF001
    "markup": "<b>&amp;</b>",
    "script": "</script><script>alert(1)</script>",
    "attribute": "' onload='alert(1)",
    "hash": "# heading",
    "colon": "a: b",
    "dash": "- a",
    "bracket": "[a](b)",
    "pipe": "a | b",
    "star": "*a* _b_ ~c~",
    "number": "1e3",
    "number dot": "1. first",
    "true": "true",
    "null": "null",
    "yaml tag": "!!python/object:x",
    "anchor": "&a *b",
    "percent yaml": "%YAML",
    "question": "? key",
    "at": "@at `tick`",
    "comma": "a, b",
    "equals": "a = 1",
    "dots": "...",
    "dashes": "---",
    "slashes": "../../etc",
    "del word": "del",
    "number only": "2024",
    "long": "wide " * 11 + "wide",
}
# No file can hold these; the questions refuse them.
BROKEN = {
    "empty": "",
    "blank": "   ",
    "padded": " a ",
    "newline": "a\nb",
    "newline at the end": "abc\n",
    "carriage return": "a\rb",
    "tab": "a\tb",
    "nul": "a\0b",
    "escape": "\x1b[31mred",
    "delete": "a\x7fb",
    "c1": "a\x85b",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "right to left": "\u202eevil",
    "isolate": "\u2066a\u2069",
    "byte order mark": "\ufeffa",
    "zero width": "a\u200bb",
    "surrogate": "a\ud800b",
    "too long": "x" * 300,
    "far too long": "x" * 100_000,
}
NOT_A_MODULE = ["../x", ".git", "a/b", "a\\b", "class", "json", "fastapi", "flask", "tests", "con"]
NOT_A_MODULE += ["Upper", "1a", "a-b", "a b", "a\n", "x" * 45, "é", "a.b", "match", "com1", "_"]
NOT_A_MODULE += ["__init__"]


def free_texts() -> list[str]:
    """Questions that take a sentence, not only a name that can be imported."""
    return [name for name in TEXTS if TEXTS[name] == answers.SAMPLES[0]]


def identifiers() -> list[str]:
    return [name for name in TEXTS if TEXTS[name] == answers.SAMPLES[1]]


@dataclass(frozen=True)
class Copy:
    """A project with an odd text in every place, or why there is none."""

    where: Path
    refusal: str | None


Odd = Callable[[str, str], Copy]


def texts_of(framework: str, text: str) -> dict[str, str]:
    same = {name: TEXTS[name] for name in identifiers()}
    return {answers.split(): framework} | same | dict.fromkeys(free_texts(), text)


@pytest.fixture(scope="module")
def odd(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Odd:
    root = tmp_path_factory.mktemp("odd")

    @cache
    def odd(framework: str, text: str) -> Copy:
        where = root / f"{framework}-{len(list(root.iterdir()))}"
        try:
            template.render(where, **texts_of(framework, text))
        except ValueError as refusal:
            return Copy(where, str(refusal))
        return Copy(where, None)

    return odd


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_text_is_refused_or_arrives_intact(text: str, framework: str, odd: Odd) -> None:
    copy = odd(framework, text)
    if copy.refusal is not None:
        assert sentence(copy.refusal)
        assert not copy.where.exists()
        return
    assert not [*parsed(copy.where), *scars(copy.where)]
    stored = yaml.safe_load((copy.where / ANSWERS).read_text())
    assert {name: stored[name] for name in free_texts()} == dict.fromkeys(free_texts(), text)
    toml = tomllib.loads((copy.where / "pyproject.toml").read_text())["project"]
    assert toml["description"] == text
    assert toml["authors"] == [{"name": text}]


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_code_says_the_text_as_it_was_typed(text: str, framework: str, odd: Odd) -> None:
    """Wherever a text reaches code, it is one string, neither cut nor run."""
    copy, plain = odd(framework, text), odd(framework, PLAIN)
    if copy.refusal is None:
        before, after = said(plain.where), said(copy.where)
        assert after == {path: replaced(was, text) for path, was in before.items()}


def replaced(strings: list[str], text: str) -> list[str]:
    return [one.replace(PLAIN, text) for one in strings]


def said(project: Path) -> dict[Path, list[str]]:
    return {path: strings(text) for path, text in texts(project) if path.suffix == ".py"}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_odd_texts_leave_no_work_for_ruff(framework: str, odd: Odd) -> None:
    """What ruff would write otherwise is a conflict in every later update."""
    copies = [odd(framework, text) for text in ODD.values()]
    projects = [str(copy.where) for copy in copies if copy.refusal is None]
    ruff = Path(sys.executable).with_name("ruff")
    for command in (["check", "--output-format=concise"], ["format", "--check"]):
        argv = [str(ruff), command[0], "--no-cache", *command[1:], *projects]
        result = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout[-2_000:]


@cache
def strings(text: str) -> list[str]:
    """Find them once in what is the same in every project."""
    return [
        node.value
        for node in nodes(text)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("name", free_texts())
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_text_is_refused(name: str, text: str, template: Template, tmp_path: Path) -> None:
    refused(template, tmp_path / "project", name, text)


@pytest.mark.parametrize("name", identifiers())
@pytest.mark.parametrize("text", [*BROKEN.values(), *NOT_A_MODULE], ids=ascii)
def test_what_cannot_be_imported_is_refused(
    name: str, text: str, template: Template, tmp_path: Path
) -> None:
    refused(template, tmp_path / "project", name, text)


@pytest.mark.parametrize("name", [n for n in QUESTIONS if "choices" in QUESTIONS[n]])
def test_a_choice_that_is_not_offered_is_refused(
    name: str, template: Template, tmp_path: Path
) -> None:
    several = QUESTIONS[name].get("multiselect")
    answer = ["somewhere else"] if several else "somewhere else"
    refused(template, tmp_path / "project", name, answer)


def refused(template: Template, project: Path, name: str, answer: object) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        template.render(project, **{name: answer})
    assert name in str(refusal.value)
    assert sentence(str(refusal.value))
    assert not project.exists()


def sentence(refusal: str) -> bool:
    """One line that a person understands; Copier puts the question's name before it."""
    return bool(refusal.strip()) and refusal.strip().count("\n") <= 1


# --- folders that are not empty ----------------------------------------------------------


def copier(*argv: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("copier")), *argv]
    no_terminal = subprocess.DEVNULL
    return subprocess.run(
        command, cwd=cwd, stdin=no_terminal, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_copy_spares_the_files_that_are_there(
    framework: str, source: Path, tmp_path: Path
) -> None:
    """Copier stops at the first file that it would change; nothing of the user's is lost."""
    mine = {"README.md": "mine\n", "notes.txt": "mine too\n", "src/main.py": "print()\n"}
    for name, text in mine.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    data = f"--data={answers.split()}={framework}"
    result = copier("copy", "--defaults", data, str(source), ".", cwd=tmp_path)
    assert {name: (tmp_path / name).read_text() for name in mine} == mine
    assert result.returncode != 0


def test_without_answers_and_without_a_terminal_nothing_is_written(
    source: Path, tmp_path: Path
) -> None:
    result = copier("copy", str(source), "project", cwd=tmp_path)
    assert result.returncode != 0
    assert "--defaults" in result.stdout + result.stderr
    assert not (tmp_path / "project").exists()
