"""Whom the interview asks what, which texts it suggests, and what "take what fits" means."""

import re
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import answers as rows
import copier._main as main
import pytest
import yaml
from copying import ROOT
from copying import Template
from test_decision import BOTH
from test_decision import CHOICES
from test_decision import usual

Answers = dict[str, Any]

ENV = Template(ROOT).env
README = (ROOT / "README.md").read_text().replace("\n", " ")
BEFORE = (ROOT / "hooks/messages/before_copy.jinja").read_text()
TEXTS = ["project_name", "package_name", "description", "user_name"]


# --- How many questions ----------------------------------------------------------------


def asked(template: Template, **given: object) -> list[str]:
    return [name for name, was in template.interview(**given).asked.items() if was]


@pytest.mark.parametrize("purpose", CHOICES["purpose"])
def test_who_takes_what_fits_answers_ten_questions(template: Template, purpose: str) -> None:
    expected = ["known_framework", *CHOICES, "framework", "tailor"]
    assert asked(template, purpose=purpose) == expected
    assert len(expected) == 10
    assert "Newcomers answer at most ten questions." in README
    assert "At most ten questions" in BEFORE


@pytest.mark.parametrize("framework", BOTH)
@pytest.mark.parametrize("purpose", CHOICES["purpose"])
def test_who_knows_the_framework_answers_three_questions(
    template: Template, purpose: str, framework: str
) -> None:
    given = {"known_framework": framework, "purpose": purpose}
    assert asked(template, **given) == ["known_framework", "purpose", "tailor"]
    assert "then there are three" in README
    assert "Three, if you know" in BEFORE
    answers = template.interview(**given).answers
    assert answers["framework"] == framework
    assert {name: answers[name] for name in CHOICES} == usual(purpose)


@pytest.mark.parametrize("framework", BOTH)
def test_a_framework_on_the_command_line_is_known(template: Template, framework: str) -> None:
    assert template.interview(framework=framework).answers["known_framework"] == framework
    assert asked(template, framework=framework) == ["purpose", "tailor"]
    weighed = template.interview(framework=framework, experience="new").answers
    assert weighed["known_framework"] == "none"


@pytest.mark.parametrize("known", ["none", *BOTH])
def test_an_update_asks_only_questions_that_were_asked_before(
    template: Template, known: str
) -> None:
    """Copier treats stored answers as it treats those on the command line."""
    stored = {"framework": "flask", "known_framework": known}
    expected = [*CHOICES] if known == "none" else ["purpose"]
    assert asked(template, **stored) == [*expected, "tailor"]
    old = {name: way for name, way in usual("site").items() if name != "purpose"}
    assert template.interview(framework="flask", **old).answers["known_framework"] == "none"


# --- Texts -----------------------------------------------------------------------------


def stored(project: Path) -> Answers:
    read: Answers = yaml.safe_load((project / ".copier-answers.yml").read_text())
    return read


@pytest.mark.parametrize(
    ("folder", "name", "package"),
    [
        ("field-notes", "Field Notes", "field_notes"),
        ("tea_house", "Tea House", "tea_house"),
        ("{{ 7*7 }}", "{{ 7*7 }}", "app"),
        ("x" * 200, "Field Notes", "field_notes"),
        ("zero\u200bwidth", "Field Notes", "field_notes"),
        ("---", "Field Notes", "field_notes"),
    ],
)
def test_a_new_project_is_called_after_its_folder(
    template: Template, tmp_path: Path, folder: str, name: str, package: str
) -> None:
    made = stored(template.render(tmp_path / folder))
    assert (made["project_name"], made["package_name"]) == (name, package)


def test_the_folder_in_which_copier_is_started_has_a_name_too(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tea-house").mkdir()
    monkeypatch.chdir(tmp_path / "tea-house")
    assert stored(template.render(Path()))["project_name"] == "Tea House"


@pytest.fixture
def shown(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Hold the interview in a terminal where Enter is pressed at each question."""

    def shown(**given: object) -> dict[str, dict[str, Any]]:
        asked: dict[str, dict[str, Any]] = {}

        def prompt(questions: list[dict[str, Any]], answers: Answers) -> Answers:
            (question,) = questions
            if not question["when"](answers):
                return answers
            name = question["name"]
            asked[name] = question
            return {name: question["default"] if question["type"] == "input" else answers[name]}

        monkeypatch.setattr(main, "unsafe_prompt", prompt)
        where = tmp_path / "tea-house"
        data = {"tailor": "choose", **given}
        with main.Worker(str(template.root), where, data=data, quiet=True) as worker:
            worker.run_copy()
        return asked

    return shown


def test_what_is_typed_replaces_what_is_suggested(
    shown: Callable[..., Any], tmp_path: Path
) -> None:
    """Copier writes a default into the input line, where typing would append to it."""
    asked = shown()
    texts = {name: it for name, it in asked.items() if it["type"] == "input"}
    assert list(texts) == [f"typed_{name}" for name in TEXTS]
    assert [it["default"] for it in texts.values()] == [""] * len(TEXTS)
    suggested = {name: texts[f"typed_{name}"]["placeholder"] for name in TEXTS}
    assert suggested["project_name"] == "Tea House"
    made = stored(tmp_path / "tea-house")
    assert {name: made[name] for name in TEXTS} == suggested
    assert not [name for name in made if name.startswith("typed_")]


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_typed_is_checked_and_becomes_the_answer(template: Template, name: str) -> None:
    def held(text: str) -> Answers:
        return dict(template.interview(tailor="choose", **{f"typed_{name}": text}).answers)

    assert held("quince")[name] == "quince"
    assert held("")[name] == template.interview(tailor="choose").answers[name]
    with pytest.raises(ValueError, match=f"typed_{name}"):
        held("two\nlines")


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_answered_elsewhere_need_not_be_typed(
    shown: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    """On the command line here; in an update by the project itself."""
    asked = shown(**{name: "quince"})
    assert f"typed_{name}" not in asked
    assert name not in asked
    assert stored(tmp_path / "tea-house")[name] == "quince"


def test_the_user_s_settings_are_suggested(
    shown: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copier puts them in the place of a default, so what was typed would not be heard."""
    settings = tmp_path / "settings.yml"
    settings.write_text("defaults: {user_name: Ada}\n")
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))
    asked = shown()
    assert "typed_user_name" not in asked
    assert asked["user_name"]["default"] == "Ada"
    assert stored(tmp_path / "tea-house")["user_name"] == "Ada"


def test_who_takes_what_fits_types_nothing(shown: Callable[..., Any]) -> None:
    assert not [name for name, it in shown(tailor="fit").items() if it["type"] == "input"]


# --- What "take what fits" means -------------------------------------------------------


def fits(answers: Mapping[str, Any], **given: object) -> dict[str, str]:
    """Read the lines of the question, by their first word."""
    text = ENV.get_template("hooks/messages/fits.jinja").render(
        _copier_answers=given,
        _folder_name="tea-house",
        **{name: answers[name] for name in ("framework", "fresh", "live", "usual")},
    )
    first, *lines = text.splitlines()
    assert first.startswith("Take what fits, or choose each part?")
    assert all(len(line) <= 76 for line in lines)
    joined = re.sub(r"\n {12}", " ", "\n".join(lines))
    return dict(re.findall(r"(?m)^  (\w+) +(.+)$", joined))


WORDS: Any = ENV.get_template("hooks/messages/fits.jinja").make_module(
    {
        "_copier_answers": {"database": "none", "container": "no", "ci": "none"},
        "_folder_name": "x",
        "framework": "flask",
        "fresh": False,
        "live": False,
        "usual": {},
    }
)


def features(answers: Mapping[str, Any]) -> list[str]:
    """Say which parts an interview turned on, in the words of the message."""
    named = WORDS.features[answers["framework"]]
    on = [words[str(answers[name])] for name, words in named.items() if str(answers[name]) in words]
    if answers["framework"] == "flask":
        extensions = {**answers["chosen"], **dict.fromkeys(answers["extensions"], True)}
        on += [words for name, words in WORDS.extensions.items() if extensions.get(name)]
    return on


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("framework", BOTH)
@pytest.mark.parametrize("purpose", CHOICES["purpose"])
def test_what_fits_is_what_the_interview_would_answer(
    template: Template, purpose: str, framework: str, *, live: bool
) -> None:
    answers = template.interview(purpose=purpose, framework=framework, live=live).answers
    lines = fits(answers)
    assert list(lines) == ["Name", "Data", "Runs", "Features"]
    assert lines["Name"] == "Tea House"
    assert lines["Data"] == WORDS.data[answers["database"]]
    assert lines["Runs"].endswith(f"; {WORDS.checks[answers['ci']]}")
    place = WORDS.place[answers["deploy"]] if answers["container"] else "without a container"
    assert lines["Runs"].startswith(f"{place}; ")
    on = features(answers)
    assert lines["Features"] == (", ".join(on) or "none besides the example")


def test_every_part_that_may_fit_has_words() -> None:
    """A part that has none would be missing from the message."""
    unnamed = []
    for framework, named in WORDS.features.items():
        for name in rows.GATED:
            question, of_several, choice = name.partition(".")
            base = rows.asking(name, rows.EXTREMES[f"{framework}-nothing"])
            if not base or question in {"database", "container", "deploy", "ci"}:
                continue
            known = WORDS.extensions if of_several else named.get(question, {})
            ways = [choice] if of_several else [str(way) for way in rows.CHOICES[name][1:]]
            unnamed += [(name, way) for way in ways if way not in known]
    libraries = [("orm", "sqlmodel"), ("sqlalchemy_extension", "flask-sqlalchemy")]
    assert unnamed == libraries, "put its words into hooks/messages/fits.jinja"
    assert {*WORDS.data} == {*rows.CHOICES["database"]}
    assert {*WORDS.place} == {*rows.CHOICES["deploy"]}
    assert {*WORDS.checks} == {*rows.CHOICES["ci"]}


def test_what_was_answered_already_is_what_fits(template: Template) -> None:
    held = template.interview(purpose="site", framework="flask").answers
    given = {"project_name": "Ada's", "database": "postgresql", "container": "false"}
    lines = fits(held, extensions="[audit]", **given)
    assert lines["Name"] == "Ada's"
    assert lines["Data"] == WORDS.data["postgresql"]
    assert lines["Runs"].startswith("without a container; ")
    assert lines["Features"] == "sign-in with passwords, an audit trail"
    assert fits(held, database="none")["Features"] == "none besides the example"
