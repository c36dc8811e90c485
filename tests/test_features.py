"""Each feature has one folder, and says there what it brings; nothing of it lies elsewhere."""

from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import features
import ownership
import pytest
from answers import ROWS
from copying import Template
from copying import files
from jinja2 import Environment


@pytest.mark.parametrize("guard", features.GUARDS, ids=lambda guard: guard.__name__)
def test_the_features_have_no(guard: Callable[[Path], Iterator[str]], source: Path) -> None:
    assert not list(guard(source))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of the files that Jinja has included, extended or imported since the last look."""
    names = set[str]()
    load = Environment._load_template  # noqa: SLF001

    def note(self: Environment, name: Any, variables: Any) -> Any:
        names.add(name)
        return load(self, name, variables)

    monkeypatch.setattr(Environment, "_load_template", note)
    return names


def test_a_combination_reads_nothing_of_a_feature_that_it_lacks(
    template: Template, tmp_path: Path, read: set[str]
) -> None:
    """So no part of a feature lies in the folder, or among the files, of another one."""
    found = {}
    for number, (name, row) in enumerate(ROWS.items()):
        read.clear()
        project = template.render(tmp_path / str(number), **row)
        for stray in strays(template, project, row, read):
            found.setdefault(stray, name)
    assert [f"{name}: {stray}" for stray, name in found.items()] == []


def strays(template: Template, project: Path, row: dict[str, Any], read: set[str]) -> Iterator[str]:
    answers = template.interview(**row).answers
    lacking = {name for name, manifest in answers["manifests"].items() if not manifest["wanted"]}
    for path in map(Path, read):
        manifest = path.name == "manifest.yml"
        if path.parts[0] == "features" and path.parts[1] in lacking and not manifest:
            yield f"{path} is read without {path.parts[1]}"
    for path in files(project):
        for name, _ in ownership.claims(path, answers["framework"]):
            if name in lacking:
                yield f"{path} is written without {name}"
