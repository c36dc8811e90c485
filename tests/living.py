"""A project that somebody lives in: edits such as users make, and whether they are still there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copying import files
from releases import git


@dataclass(frozen=True)
class Edit:
    """A text that a user wrote into a file, after a line that matches, or as a new file."""

    path: str
    text: str
    after: str | None = None
    before: str | None = None

    def make(self, project: Path) -> None:
        path = project / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_text() if path.exists() else ""
        anchor = self.after or self.before
        if anchor is None:
            path.write_text(old + self.text)
            return
        found = list(re.finditer(rf"(?m)^{anchor}\n", old))
        assert found, f"{self.path} has no line like {anchor}"
        at = found[-1].end() if self.after else found[-1].start()
        path.write_text(old[:at] + self.text + old[at:])

    def kept(self, project: Path) -> bool:
        path = project / self.path
        return path.exists() and self.text in path.read_text()


def edits(project: Path) -> Iterator[Edit]:
    """Say what users do to a project, as far as its answers give them the place for it."""
    package = next(p.parent for p in sorted(project.glob("src/*/__init__.py")))
    src = package.relative_to(project).as_posix()
    yield Edit("pyproject.toml", '    "humanize>=4",\n', after=r" *# Yours, as `uv add` puts.*")
    yield Edit("pyproject.toml", '    "hypothesis>=6",\n', after=r" *# Yours, as `uv add --dev` .*")
    yield Edit("README.md", "\n## Ours\n\nWhat the team agreed on.\n")
    yield Edit(".gitignore", "/exports/\n")
    yield Edit(".env.example", "ORDERS_URL=\n")
    yield Edit("uv.lock", "locked\n")
    yield Edit("AGENTS.md", "\n## Ours\n\nAsk before you deploy.\n")
    yield Edit("tests/test_orders.py", "def test_orders() -> None:\n    assert True\n")
    yield Edit(".github/workflows/nightly.yml", "name: Nightly\n")
    yield Edit(f"{src}/orders/__init__.py", '"""Orders."""\n')
    yield from _factory(package, src)
    yield from _ci(project)
    yield from _database(project, package, src)


def _factory(package: Path, src: str) -> Iterator[Edit]:
    """The one line that a feature of one's own needs where features are put together."""
    for name, line in (("main.py", "include_router(orders.router)"), ("__init__.py", "orders")):
        if (package / name).exists() and "def create_app" in (package / name).read_text():
            call = f"    app.{line}\n" if name == "main.py" else f"    {line}.init_app(app)\n"
            yield Edit(f"{src}/{name}", call + "\n", before="    return app")
            yield Edit(f"{src}/{name}", "from . import orders\n", after=r"from \.[\w.]* import .*")


def _ci(project: Path) -> Iterator[Edit]:
    if (project / ".github/workflows/ci.yml").exists():
        step = "      - run: uv run python -m tea\n"
        yield Edit(".github/workflows/ci.yml", step, after=" *# Your own steps:")
    if (project / ".gitlab-ci.yml").exists():
        yield Edit(".gitlab-ci.yml", "\nnightly:\n  script: [make nightly]\n")
    if (project / "compose.yaml").exists():
        cache = "  cache:\n    image: valkey/valkey:9\n"
        yield Edit("compose.yaml", cache, after=" *# Your own services:")


def _database(project: Path, package: Path, src: str) -> Iterator[Edit]:
    if (package / "notes/models.py").exists():
        yield Edit(f"{src}/notes/models.py", "\n\nCOLOURS = 7\n")
        migrations = next(project.rglob("*_create_notes.py")).parent.relative_to(project)
        yield Edit(f"{migrations}/20270101_0000_add_colours.py", '"""Add colours."""\n')
    elif (package / "reading_time.py").exists():
        yield Edit(f"{src}/reading_time.py", "\n\nCOLOURS = 7\n")


def live_in(project: Path) -> list[Edit]:
    """Make every edit, and commit it."""
    made = list(edits(project))
    for edit in made:
        edit.make(project)
    commit(project, "Work")
    return made


def commit(project: Path, message: str) -> None:
    if not (project / ".git").exists():
        git("init", "--quiet", cwd=project)
    git("add", "--all", cwd=project)
    git("commit", "--quiet", "--allow-empty", "--message", message, cwd=project)


def conflicts(project: Path) -> list[str]:
    """Copier ends well when there are some, so they have to be looked for."""
    unmerged = git("ls-files", "--unmerged", cwd=project).splitlines()
    rejected = [str(path) for path in project.rglob("*.rej")]
    marked = [
        str(path)
        for path, content in files(project).items()
        if re.search(rb"(?m)^(<{7} |>{7} )", content)
    ]
    return unmerged + rejected + marked
