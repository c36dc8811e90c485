"""Each feature has one folder, and says there what it brings; nothing of it lies elsewhere."""

from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import ownership
import pytest
from combinations import Origin
from combinations import Projects
from combinations import fail_once
from combinations import framework_of
from copying import files

import features


@pytest.mark.parametrize("guard", features.GUARDS, ids=lambda guard: guard.__name__)
def test_the_features_have_no(guard: Callable[[Path], Iterator[str]], source: Path) -> None:
    found = list(guard(source))
    assert not found, "\n".join(found)


def test_a_combination_reads_nothing_of_a_feature_that_it_lacks(rendered: Projects) -> None:
    """So no part of a feature lies in the folder, or among the files, of another one."""
    fail_once(lambda project: strays(project, rendered.origin(project.name)), rendered.all)


def strays(project: Path, origin: Origin) -> Iterator[str]:
    for path in map(Path, sorted(origin.files)):
        manifest = path.name == "manifest.yml"
        if path.parts[0] == "features" and path.parts[1] in origin.lacking and not manifest:
            yield f"{path} is read without {path.parts[1]}"
    for path in files(project):
        for name, _ in ownership.claims(path, framework_of(project)):
            if name in origin.lacking:
                yield f"{path} is written without {name}"
