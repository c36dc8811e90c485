"""The releases of the template, found in its history, and what the next one could bring.

A release is the commit in which its heading first stands in CHANGELOG.md, so that nothing
depends on tags having been fetched. They are tagged in a throw-away clone, together with the
working tree as it is now.
"""

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copying import ROOT

HEADING = re.compile(r"(?m)^## (v\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$")
NOW = "v999.0.0"
NEXT = "v1000.0.0"


def git(*argv: str, cwd: Path) -> str:
    done = subprocess.run(["git", *argv], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(argv)}\n{done.stdout}{done.stderr}"
    return done.stdout


def shallow() -> bool:
    return git("rev-parse", "--is-shallow-repository", cwd=ROOT).strip() == "true"


@cache
def released() -> dict[str, str]:
    """Give the commit of each release, the oldest first."""
    found: dict[str, str] = {}
    log = git("log", "--reverse", "--format=%H", "--", "CHANGELOG.md", cwd=ROOT)
    for commit in log.split():
        names = git("ls-tree", "--name-only", commit, "CHANGELOG.md", cwd=ROOT)
        text = git("show", f"{commit}:CHANGELOG.md", cwd=ROOT) if names else ""
        for version in HEADING.findall(text):
            found.setdefault(version, commit)
    return found


def starting_points() -> list[str]:
    """Name the releases that updates are tested from.

    Before the first one, what is committed stands in; test_updates.py fails all the same.
    """
    return list(released()) or ["v0.0.0"]


@dataclass(frozen=True)
class Repository:
    """A throw-away clone of the template with its releases tagged."""

    root: Path

    @classmethod
    def clone(cls, to: Path) -> "Repository":
        """Clone the template, and add the working tree as one more release."""
        git("clone", "--quiet", "--no-tags", str(ROOT), str(to), cwd=ROOT)
        for tag, commit in (released() or {"v0.0.0": "HEAD"}).items():
            git("tag", tag, commit, cwd=to)
        git("--work-tree", str(ROOT), "add", "--all", cwd=to)
        git("commit", "--quiet", "--allow-empty", "--message", "Now", cwd=to)
        git("reset", "--quiet", "--hard", cwd=to)
        git("tag", NOW, cwd=to)
        return cls(to)

    def at(self, tag: str, where: Path) -> Path:
        """Write the template as it was into a folder."""
        where.mkdir(parents=True, exist_ok=True)
        command = ["git", "archive", tag]
        archive = subprocess.run(command, cwd=self.root, capture_output=True, check=True).stdout
        subprocess.run(["tar", "--extract"], input=archive, cwd=where, check=True)
        return where

    def release_next(self) -> None:
        """Tag a release that changes what users live beside: bounds, the factory, CI."""
        changes = [
            ("features/*/manifest.yml", r"(?m)^( *- (?:fastapi|flask)>=)[\d.]+", r"\g<1>99"),
            ("features/*/manifest.yml", r"(?m)^( *- )(structlog>=.*)$", r"\1\2\n\1tzdata>=2026"),
            (
                "template-*/src/*/*.py.jinja",
                r"(?m)^(    app = .*)$",
                r'\1\n    assert app, "the next release"',
            ),
            (
                "features/ci/*.jinja",
                r"(?m)^( *- (?:run: )?)(uv run mypy)$",
                r"\1\2\n\1uv run python -m compileall src",
            ),
        ]
        for pattern, old, new in changes:
            changed = [self._change(path, old, new) for path in self.root.glob(pattern)]
            assert any(changed), f"nothing in {pattern} looks like {old}"
        git("commit", "--quiet", "--all", "--message", "Next", cwd=self.root)
        git("tag", NEXT, cwd=self.root)

    @staticmethod
    def _change(path: Path, old: str, new: str) -> bool:
        before = path.read_text()
        after = re.sub(old, new, before)
        path.write_text(after)
        return before != after
