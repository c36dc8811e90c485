"""What a project of a purpose begins with, and what its README says of that."""

import re
from pathlib import Path

import pytest
import yaml
from conftest import Render

FLASK = ["site", "internal_tool", "prototype", "learning", "monolith"]


def files(project: Path) -> int:
    return sum(path.is_file() for path in project.rglob("*"))


def test_a_prototype_says_how_few_files_it_has(render: Render) -> None:
    prototype = render(purpose="prototype")
    (said,) = re.findall(r"is chosen has (\d+) files", (prototype / "README.md").read_text())
    assert int(said) == files(prototype)
    others = {
        name: files(render(purpose=name, database="sqlite"))
        for name in FLASK
        if name != "prototype"
    }
    assert int(said) <= min(others.values()), others


@pytest.mark.parametrize("purpose", FLASK)
def test_each_begins_as_a_flask_project_with_words_of_its_own(render: Render, purpose: str) -> None:
    project = render(purpose=purpose)
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text())
    assert answers["framework"] == "flask"
    words = Path(__file__).parents[1] / f"features/purpose/{purpose}.md"
    assert words.read_text() in (project / "README.md").read_text()


@pytest.mark.parametrize("live", [True, False])
def test_lists_change_at_once_where_that_was_asked_for(render: Render, *, live: bool) -> None:
    project = render(purpose="site", framework="flask", live=live)
    assert bool(list(project.glob("src/*/live"))) is live


@pytest.mark.parametrize("name", ["src/*/reading_time.py", "tests/test_reading_time.py"])
def test_learning_has_comments_and_otherwise_the_same_code(name: str, render: Render) -> None:
    taught, plain = (
        next(render(purpose=purpose, framework="flask", database="none").glob(name)).read_text()
        for purpose in ("learning", "prototype")
    )
    assert re.sub(r"(?m)^ *# .*\n", "", taught) == plain != taught


def test_the_tour_names_files_that_are_there(render: Render) -> None:
    project = render(purpose="learning")
    tour = (project / "README.md").read_text().partition("file by file")[2]
    for name in re.findall(r"`([\w/]+\.(?:py|html))`", tour.partition("At the end")[0]):
        if not name.startswith(("views", "forms")):
            assert list(project.glob(f"src/*/{name}")), name
