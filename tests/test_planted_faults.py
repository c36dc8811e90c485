"""The guards are guarded: a fault that is put into the template on purpose turns them red."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import answers
import dependencies
import faults
import layout
import pages
import pytest
import test_features
import test_layout
import test_render
from answers import EXTREMES
from answers import TEXTS
from combinations import Projects
from copying import Template
from jinja2 import UndefinedError
from running import Project
from running import oldest_python

import features

pytestmark = pytest.mark.planted

FASTAPI = "template-fastapi/src/{{ package_name }}"
GITLAB = "features/ci/gitlab.yml.jinja"
FLASK = "template-flask/src/{{ package_name }}"
MARKED = FLASK + "/{{ marked_pages }}"
PLAIN = FLASK + "/{{ plain_pages }}"


@pytest.fixture
def copy(source: Path, tmp_path: Path) -> Path:
    """A template to break."""
    return Path(shutil.copytree(source, tmp_path / "template"))


def add(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + text)


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text()
    assert old in text, f"{name} has no {old!r} any more"
    (root / name).write_text(text.replace(old, new, 1))


def everything(root: Path, framework: str) -> Path:
    row = TEXTS | EXTREMES[f"{framework}-everything"]
    return Template(root).render(root.parent / "project", **row)


@pytest.mark.parametrize(
    ("name", "text", "guard"),
    [
        ("features/ci/question.yml", "\n_tasks:\n  - uv sync\n", layout.trust),
        (
            "features/ci/question.yml",
            "\nport:\n  type: int\n  help: Which port?\n",
            layout.questions,
        ),
        ("features/ci/names.yml", "port: 1\n", layout.includes),
        ("tests/test_openapi.py.jinja", "", layout.hidden_files),
        (
            f"{FASTAPI}/extra.py.jinja",
            "{% if container %}\nA = 1\n{% endif %}\n" * 4,
            layout.choices_outside_seams,
        ),
        (f"{FLASK}/extra.py", "{% if container %}\n", layout.jinja_in_plain_files),
        (f"{FLASK}/extra.py.jinja", "A = 1\n", layout.needless_suffixes),
        (f"{FLASK}/main.py.jinja", "a {% if container %}\n", layout.crowded_tags),
        (f"{FASTAPI}/main.py.jinja", "A = 1\n" * 61, layout.overgrown_seams),
        ("template-shared/extra.py", "A = 1\n", layout.unused_parts),
        ("features/cache/fastapi/extra.md", "A\n", layout.unused_parts),
        ("features/cache/manifest.yml", "readme: [fastapi/reedme.md]\n", layout.unused_parts),
        ("features/extra/manifest.yml", "wanted: true\n", features.unordered),
        ("features/extra/manifest.yml", "readme: []\n", features.unconditional),
        ("features/cache/manifest.yml", "redme: []\n", features.misspelt_keys),
        ("features/audit/manifest.yml", "settings: [flask/settings.env]\n", features.unconnected),
        (f"{FASTAPI}/extra.py", "A = 1\n", features.ownerless),
        ("features/redis/manifest.yml", "once: [/src/*/core/redis.py]\n", features.ownerless),
        ("features/redis/manifest.yml", "once: [/src/*/core/reddis.py]\n", features.unmatched),
        ("template-flask/aux.py", "A = 1\n", layout.names),
        ("template-flask/README.md.jinja", "\n/home" + "/ada/notes\n", layout.places),
        (f"{MARKED}/home.html", "<p>Hello</p>\n", pages.unmarked_words),
        (f"{MARKED}/home.html", '<a title="Hello"></a>\n', pages.unmarked_words),
        (f"{MARKED}/home.html", '{{ "New" if new else _("Old") }}\n', pages.unmarked_words),
        (f"{MARKED}/home.html", "{{ form.title.label.text }}\n", pages.unmarked_words),
        (f"{MARKED}/home.html", '{{ _("Hello") }}\n', pages.words_without_german),
        (f"{FLASK}/core/mail.py", 'flash("Hello")\n', pages.words_without_german),
        (f"{MARKED}/home.html", '{{ ngettext("a", "b", 2) }}\n', pages.strange_twins),
        (f"{MARKED}/extra.html", "", pages.strange_twins),
        (f"{PLAIN}/extra.html", "", pages.strange_twins),
        (f"{PLAIN}/home.html", "\n", pages.strange_twins),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_fault_in_the_template_is_found(
    name: str, text: str, guard: Callable[[Path], Iterator[str]], source: Path, copy: Path
) -> None:
    """Nothing of the copy is read before it is broken: what is read once is kept."""
    before = set(guard(source))
    add(copy, name, text)
    assert set(guard(copy)) - before


@pytest.mark.parametrize(
    ("name", "text", "guard"),
    [
        (f"{FASTAPI}/core/logs.py", '\nSECRET_KEY = "change me"\n', faults.secrets),
        ("template-fastapi/.env.example.jinja", "SECRET_KEY=change-me\n", faults.secrets),
        (GITLAB, "nightly:\n  variables:\n    POSTGRES_PASSWORD: postgres\n", faults.secrets),
        (f"{FASTAPI}/core/logs.py", "\n# TO" + "DO: later\n", faults.scars),
        (f"{FASTAPI}/core/logs.py", "\n\n\n\nA = 1\n", faults.scars),
        (f"{FASTAPI}/core/logs.py", "A = (\n", faults.parsed),
        (f"{FASTAPI}/extra.py", "{{ package_name }}\n", faults.leftovers),
        (f"{FASTAPI}/core/logs.py", "\nimport pandas\n", dependencies.undeclared),
        (f"{FASTAPI}/core/logs.py", "\nimport sys\nimport sys\n", faults.duplicates),
        (f"{FASTAPI}/core/logs.py", "\nA = 1\n" * 76, faults.long_files),
        (f"{FASTAPI}/core/logs.py", "\ndef f():\n" + "    g()\n" * 20, faults.long_functions),
        (f"{FASTAPI}/core/logs.py", "\n# pypi" + ".org\n", faults.hosts),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_fault_in_a_project_is_found(
    name: str, text: str, guard: Callable[[Path], Iterator[str]], copy: Path
) -> None:
    add(copy, name, text)
    assert list(guard(everything(copy, "fastapi")))


def test_a_link_is_found(copy: Path) -> None:
    (copy / "template-flask/link").symlink_to("README.md.jinja")
    assert list(layout.links(copy))


def test_a_feature_that_does_not_say_whether_it_has_a_readme_is_found(copy: Path) -> None:
    change(copy, "features/redis/manifest.yml", "readme: []\n", "")
    assert list(features.unsaid(copy))


def test_a_fragment_of_a_feature_that_is_not_wanted_is_found(copy: Path, tmp_path: Path) -> None:
    line = '{% include "features/cache/fastapi/settings.env" %}\n'
    add(copy, "template-fastapi/.env.example.jinja", line)
    projects = Projects(Template(copy), tmp_path / "combinations")
    project = projects("fastapi-nothing")
    assert list(test_features.strays(project, projects.origin(project.name)))


def test_an_extension_that_nobody_can_choose_is_found(copy: Path) -> None:
    change(copy, "features/extensions/question.yml", '"toolbar"] %}', '"toolbar", "extra"] %}')
    assert list(features.unasked(copy))


def test_a_choice_without_a_row_in_the_readme_is_found(copy: Path) -> None:
    change(copy, "README.md", "| `toolbar` |", "| toolbar |")
    assert list(features.undocumented(copy))


def test_an_empty_folder_is_found(copy: Path) -> None:
    add(copy, "features/assembly.yml", "    /docs/\n")
    row = TEXTS | EXTREMES["fastapi-nothing"]
    assert list(faults.empty_folders(Template(copy).render(copy.parent / "project", **row)))


def test_each_guard_has_its_fault() -> None:
    planted = Path(__file__).read_text()
    guards = [*features.GUARDS, *test_layout.GUARDS, *test_render.GUARDS]
    missing = [one.__name__ for one in guards if f".{one.__name__}" not in planted]
    assert missing == []


def test_a_dependency_that_nothing_uses_is_found(copy: Path) -> None:
    line = "    - fastapi>="
    change(copy, "features/core/manifest.yml", line, f"    - requests\n{line}")
    assert list(dependencies.dead(everything(copy, "fastapi")))


def test_a_dependency_out_of_its_order_is_found(copy: Path) -> None:
    change(copy, "hooks/brought.jinja", "{{ named | sort |", "{{ named |")
    assert list(dependencies.unsorted(everything(copy, "flask")))


def test_a_dead_import_behind_an_option_is_found(copy: Path) -> None:
    import_, end = "{% if container %}\nimport json\n{% endif %}\n", "\nfrom "
    change(copy, f"{FLASK}/__init__.py.jinja", end, f"\n{import_}{end[1:]}")
    project = everything(copy, "flask")
    command = [str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", str(project)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


# Copier leaves a folder open when a render fails.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("framework", answers.CHOICES[answers.split()])
def test_a_misspelt_variable_is_found(framework: str, copy: Path) -> None:
    add(copy, f"template-{framework}/pyproject.toml.jinja", "{% block extra %}{% endblock %}\n")
    add(copy, "template-shared/pyproject.toml.jinja", "# {{ projekt_name }}\n")
    with pytest.raises(UndefinedError, match="projekt_name"):
        everything(copy, framework)


@pytest.mark.project
def test_a_status_code_that_is_not_documented_is_found(copy: Path) -> None:
    """The project's own tests find it: schemathesis compares answers with the document."""
    old = "    return NoteRead.model_validate(note)\n"
    router = "template-fastapi/src/{{ package_name }}/notes/router.py.jinja"
    change(copy, router, old, f"    raise HTTPException(418)\n{old}")
    project = Project(everything(copy, "fastapi"), oldest_python())
    with pytest.raises(AssertionError, match="418"):
        project.uv("run", "pytest", "--show-capture=no", "tests/test_openapi.py")
