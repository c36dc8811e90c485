"""Copier in this process, without the work that it would repeat for every copy.

A copy spends nine tenths of its time starting git, compiling the same Jinja again, and
collecting the same answers for every file. Here git is hidden, compiled Jinja, the parsed
copier.yml and the answers that were given are kept, and the rest (the interview, the
validators, the rules for files) is Copier's own code, unchanged. It uses private names of
Copier, so test_render.py holds the result equal to the command's.
"""

import copy
import os
import shutil
import subprocess
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from functools import cached_property
from functools import lru_cache
from pathlib import Path
from typing import Any

import copier._main as main
import copier._template as copier_template
import copier._user_data as user_data
import copier._vcs as vcs
import pytest
from copier._types import Operation
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

ROOT = Path(__file__).resolve().parent.parent
VENDORED = "vendor"  # the folders of libraries that projects carry as they are

_jinja_env = main.Worker.__dict__["jinja_env"]
_make_env, _parse = _jinja_env.func, copier_template.load_template_config
_clone_anew = vcs.clone
_render_template = main.Worker._render_template  # noqa: SLF001
_render_file = main.Worker._render_file  # noqa: SLF001
_parse_yaml = user_data.parse_yaml_string
_env_of: dict[Path, SandboxedEnvironment] = {}
_parsed: dict[Path, dict[str, Any]] = {}


def _shared_env(worker: main.Worker) -> SandboxedEnvironment:
    where = worker.template.local_abspath
    if where not in _env_of:
        env = _make_env(worker)
        env.auto_reload = False
        env.from_string = lru_cache(maxsize=None)(env.from_string)
        _env_of[where] = env
    return _env_of[where]


def _parse_once(path: Path, quiet: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
    if path not in _parsed:
        _parsed[path] = _parse(path, quiet)
    return copy.deepcopy(_parsed[path])


@cache
def _parse_text(text: str) -> Any:
    return _parse_yaml(text)


def _parse_text_once(text: str) -> Any:
    return copy.deepcopy(_parse_text(text))


def _render_with_answers_collected(worker: main.Worker) -> None:
    """Collect them once the interview is over, and not for every part of every path."""
    context, path = worker._render_context(), worker.answers_relpath  # noqa: SLF001
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main.Worker, "_render_context", lambda _: dict(context))
        patch.setattr(main.Worker, "answers_relpath", path)
        _render_template(worker)


def _render_or_link(
    worker: main.Worker, src: Path, dst: Path, extra_context: dict[str, Any]
) -> None:
    """Link the libraries that projects carry: three megabytes in each, which no test changes."""
    where = worker.dst_path / dst
    if VENDORED in src.parts and not where.exists():
        where.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # another file system
            os.link(worker.template.local_abspath / src, where)
            return
    _render_file(worker, src, dst, extra_context)


@contextmanager
def _compiled_once() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_jinja_env, "func", _shared_env)
        patch.setattr(copier_template, "load_template_config", _parse_once)
        patch.setitem(user_data.CAST_STR_TO_NATIVE, "yaml", _parse_text_once)
        patch.setattr(user_data, "parse_yaml_string", _parse_text_once)
        patch.setattr(main.Worker, "_render_template", _render_with_answers_collected)
        yield patch


@cache
def _clone(url: str, ref: str) -> str:
    return _clone_anew(url, ref)


def _clone_once(url: str, ref: str = "HEAD", location: str | None = None) -> str:  # noqa: ARG001
    return _clone(url, ref)


@contextmanager
def quick_updates() -> Iterator[None]:
    """Clone each release once, and start no git for every file that is written."""
    with _compiled_once() as patch:
        patch.setattr(copier_template, "clone", _clone_once)
        patch.setattr(main.Worker, "_sync_git_index_executable_bit", lambda *_: None)
        yield


@contextmanager
def _kept() -> Iterator[pytest.MonkeyPatch]:
    with _compiled_once() as patch:
        patch.setattr(main, "is_git_available", lambda: False)
        patch.setattr(copier_template, "is_git_available", lambda: False)
        patch.setattr(main.Worker, "_render_file", _render_or_link)
        yield patch


def gathered(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Put what is said of each choice, as in `extensions.mail`, into the one answer that it is."""
    whole: dict[str, Any] = {}
    for name, value in answers.items():
        question, several, choice = name.partition(".")
        if not several:
            whole[name] = value
        elif value:
            whole.setdefault(question, []).append(choice)
        else:
            whole.setdefault(question, [])
    return whole


@dataclass(frozen=True)
class Interview:
    """What was asked, and what was answered, in the order of the questions."""

    asked: Mapping[str, bool]
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A template on disk: its questions, and the projects that come out of it.

    With `brief`, interviews leave out the derived values that no question reads. That is three
    times as fast, and such a template cannot render.
    """

    root: Path
    brief: bool = False

    def __hash__(self) -> int:
        return hash(self.root)

    @cached_property
    def config(self) -> dict[str, Any]:
        """Everything that copier.yml says, as Copier reads it."""
        return _parse(self.root / "copier.yml")

    @cached_property
    def questions(self) -> dict[str, dict[str, Any]]:
        """The questions and the values derived from them."""
        return {n: q for n, q in self.config.items() if not n.startswith("_")}

    @cached_property
    def several(self) -> list[tuple[str, Any, str]]:
        """The choices of the questions that take more than one: `extensions.mail` is yes or no."""
        return [
            (name, value, f"{name}.{value}")
            for name, question in self.questions.items()
            if question.get("multiselect")
            for value in question["choices"].values()
        ]

    def mentioned(self, source: str) -> set[str]:
        """Which names a piece of Jinja reads, in the files that it includes too."""
        tree = self.env.parse(source)
        names = meta.find_undeclared_variables(tree)
        for file in meta.find_referenced_templates(tree):
            names |= self.mentioned((self.root / file).read_text()) if file else set()
        return names

    @cached_property
    def unread(self) -> set[str]:
        """The derived values that no question reads: they are for the files alone."""
        derived = {n for n, question in self.questions.items() if question.get("when") is False}
        read = set[str]()
        waiting = self.questions.keys() - derived
        while waiting:
            read |= waiting
            texts = {text for name in waiting for text in _texts(self.questions[name])}
            waiting = set().union(*map(self.mentioned, texts)) & derived - read
        return derived - read

    @cached_property
    def env(self) -> SandboxedEnvironment:
        """The Jinja environment that renders the projects."""
        with _kept():
            return self._worker(self.root / "nowhere").jinja_env

    def _worker(self, where: Path, **answers: Any) -> main.Worker:
        answers = gathered(answers)
        unknown = answers.keys() - self.questions.keys()
        assert not unknown, f"no such question: {', '.join(sorted(unknown))}"
        return main.Worker(
            src_path=str(self.root), dst_path=where, data=answers, defaults=True, quiet=True
        )

    def render(self, where: Path, **answers: Any) -> Path:
        """Write the project that these answers give; the rest have their defaults."""
        self.write(where, **answers)
        return where

    def write(self, where: Path, **answers: Any) -> dict[str, Any]:
        """Write a project, and give every answer and every value derived from them."""
        with _kept(), self._worker(where, **answers) as worker:
            worker.run_copy()
            return dict(worker.answers.combined)

    def interview(self, **answers: Any) -> Interview:
        """Hold the interview without writing anything."""
        return _held(self, tuple(sorted(answers.items())))

    def spared(self, project: Path, operation: Operation, **answers: Any) -> set[Path]:
        """Which files of a project Copier would not write in a later copy or update."""
        with _kept() as patch, self._worker(project, **answers) as worker:
            patch.setattr(main, "_operation", _Always(operation))
            worker._ask()  # noqa: SLF001
            rule = worker.match_exclude if operation == "update" else worker.match_skip
            return {path for path in files(project) if _matches(rule, path)}


@dataclass(frozen=True)
class _Always:
    """Stands in for the variable in which Copier keeps the running operation."""

    operation: Operation

    def get(self) -> Operation:
        return self.operation


def _texts(value: Any) -> Iterator[str]:
    """Every text in a question: its default, its conditions, what is said of its choices."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _accepted(question: user_data.Question, answer: Any) -> bool:
    with suppress(ValueError):
        question.validate_answer(answer)
        return True
    return False


@cache
def _held(template: Template, answers: tuple[tuple[str, Any], ...]) -> Interview:
    """Hold an interview once: the rows repeat most of them."""
    asked: dict[str, bool] = {}

    def question(**details: Any) -> user_data.Question:
        it = user_data.Question(**details)
        asked[it.var_name] = bool(it.get_when() and it.get_ask())
        for name, choice, part in template.several:
            if name == it.var_name:
                asked[part] = asked[name] and _accepted(it, [choice])
        return it

    def config(path: Path, quiet: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
        parsed = _parse_once(path, quiet)
        return {name: value for name, value in parsed.items() if name not in template.unread}

    where = template.root / "nowhere"
    with _kept() as patch, template._worker(where, **dict(answers)) as worker:  # noqa: SLF001
        patch.setattr(main, "Question", question)
        if template.brief:
            patch.setattr(copier_template, "load_template_config", config)
        worker._ask()  # noqa: SLF001
        held = dict(worker.answers.combined)
    for name, choice, part in template.several:
        held[part] = choice in held[name]
    return Interview(asked, held)


def _matches(rule: Callable[[Path], bool], path: Path) -> bool:
    """Copier asks for each folder on the way, and does not enter one that is excluded."""
    return any(rule(part) for part in (path, *path.parents) if part != Path())


def files(folder: Path) -> dict[Path, bytes]:
    """Every file under a folder but git's own, by its path inside."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def known_to_git(root: Path) -> list[Path]:
    """What the next commit of the working tree could contain."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    names = sorted({name for name in listed.stdout.split("\0") if name})
    return [Path(name) for name in names if (root / name).is_file()]


def copy_source(to: Path, root: Path = ROOT) -> Path:
    """Copy what a release would contain: the files that git knows, without its history."""
    for name in known_to_git(root):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, to / name)
    return to
