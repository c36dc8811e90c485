"""The recommendation agrees with the article, over every set of answers there is.

Sentences are quoted from "FastAPI vs Flask: Async-First or Battle-Tested Simplicity?".
"""

import json
import re
import shlex
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from copying import ROOT
from copying import Template

Answers = dict[str, Any]
Render = Callable[..., Path]

ENV = Template(ROOT).env
HOOK: Any = ENV.get_template("hooks/decision.jinja").module
USUAL = {
    path.stem: yaml.safe_load(path.read_text()) for path in (ROOT / "hooks/purposes").iterdir()
}
CHOICES = {question: list(words) for question, words in HOOK.answers.items()}
APIS = ["api", "ml", "microservice"]
PAGES = ["site", "internal_tool", "prototype", "learning", "monolith"]
BOTH = ("fastapi", "flask")

# Each question's answers, from the one that the article leans most to Flask with.
TOWARDS_FASTAPI: dict[str, list[list[Any]]] = {
    "purpose": [PAGES, APIS],
    "traffic": [["short"], ["computing"], ["waiting"]],
    "input": [["forms"], ["both"], ["json"]],
    "live": [[False], [True]],
    "sharing": [[False], [True]],
    "experience": [["flask"], ["new"], ["async"]],
    "extensions_matter": [[True], [False]],
}
ARTICLE_ROWS = {
    "Performance": "traffic",
    "Type validation": "input",
    "API documentation": "input",
    "Async support": "traffic",
    "Learning curve": "experience",
    "Ecosystem": "extensions_matter",
    "Dependency injection": "sharing",
    "WebSocket support": "live",
}


def usual(purpose: str, **changed: object) -> Answers:
    """What a project of this purpose usually answers, but for what is said here."""
    return {name: USUAL[purpose].get(name, purpose) for name in CHOICES} | changed


def decide(answers: Answers) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(HOOK.decide(answers))
    return made


@cache
def everything() -> list[tuple[Answers, dict[str, Any]]]:
    """Every set of answers, with its decision."""
    combinations = [dict(zip(CHOICES, way, strict=True)) for way in product(*CHOICES.values())]
    return [(answers, decide(answers)) for answers in combinations]


@cache
def picks() -> dict[tuple[Any, ...], str]:
    return {tuple(answers.values()): made["pick"] for answers, made in everything()}


def lead(decision: dict[str, Any]) -> int:
    """How far FastAPI is ahead."""
    sums: dict[str, int] = decision["sums"]
    return sums["fastapi"] - sums["flask"]


# --- What the article says -------------------------------------------------------------

A_TEAM_THAT_NEEDS_FLASK = {"experience": "flask", "extensions_matter": True}
SIMPLE_PAGES = [usual("site", input="forms", experience=known) for known in CHOICES["experience"]]
NEW_APIS = [usual(purpose) for purpose in APIS]

CHOOSE_FASTAPI: dict[str, list[Answers]] = {
    "Choose FastAPI when building a modern REST API where automatic OpenAPI documentation, "
    "Pydantic validation, and async support deliver direct value.": [
        usual("api", input="json", traffic="waiting"),
        usual("api", input="json", traffic="waiting", experience="flask"),
    ],
    "FastAPI is ideal for data science APIs and ML model serving where async processing "
    "increases throughput.": [usual("ml", traffic="waiting"), usual("ml", traffic="computing")],
    "Choose FastAPI for microservice architectures where Pydantic models serve as shared "
    "contracts between services.": [
        usual("microservice", input="json", traffic=traffic) for traffic in CHOICES["traffic"]
    ],
    "The built-in dependency injection system makes FastAPI suitable for more complex "
    "applications with shared database sessions, authentication, and caching.": [
        usual("api", input="both", sharing=True),
        usual("api", input="both", sharing=True, experience="new"),
    ],
    "FastAPI excels when you want to build type-safe APIs that are automatically documented.": [
        usual(purpose, input="json", experience=known)
        for purpose in APIS
        for known in CHOICES["experience"]
    ],
}
CHOOSE_FLASK: dict[str, list[Answers]] = {
    "Choose Flask when building a simple web application with server-side rendering via Jinja2 "
    "templates, or when your team already has extensive Flask experience and the extension "
    "ecosystem is crucial for your project.": [
        *SIMPLE_PAGES,
        *(usual(purpose, **A_TEAM_THAT_NEEDS_FLASK) for purpose in USUAL),
    ],
    "Flask is also the right choice for quick prototypes, internal tools, and proof-of-concepts "
    "where minimal configuration and fast results are priorities.": [
        usual(purpose, experience=known)
        for purpose in ("prototype", "internal_tool")
        for known in CHOICES["experience"]
    ],
    "Choose Flask for educational projects where simple concepts help beginners learn Python web "
    "development.": [usual("learning", experience="new")],
    "Flask is also suitable when building a monolithic web application that is more than just an "
    "API.": [usual("monolith", input=way) for way in ("forms", "both")],
}
VERDICT: dict[str, dict[str, list[Answers]]] = {
    "FastAPI is the clear choice for new API projects in Python in 2026.": {"fastapi": NEW_APIS},
    "The automatic documentation via Swagger UI and ReDoc, type validation via Pydantic v2, and "
    "native async support on ASGI make it superior to Flask for API development.": {
        "fastapi": [usual(purpose, input="json", traffic="waiting") for purpose in APIS]
    },
    "The built-in dependency injection system and WebSocket support add extra value for more "
    "complex applications.": {
        "fastapi": [usual(purpose, sharing=True, live=True) for purpose in APIS]
    },
    "Flask remains relevant for simple web applications with server-side rendering via Jinja2, "
    "for internal tools and prototypes, and for projects where the enormous extension ecosystem "
    "with over fifteen years of community contributions is indispensable.": {
        "flask": [
            *SIMPLE_PAGES,
            usual("internal_tool"),
            usual("prototype"),
            *(usual(purpose, extensions_matter=True) for purpose in (*PAGES, "api", "ml")),
        ]
    },
    "For teams building an API in 2026, FastAPI has become the standard.": {"fastapi": NEW_APIS},
    "Flask is the right tool when simplicity, a proven ecosystem, and server-side rendering take "
    "priority over API-specific features and async performance.": {
        "flask": [
            usual(purpose, input="forms", experience="new", extensions_matter=True)
            for purpose in USUAL
        ]
    },
}
RECOMMENDATION: dict[str, dict[str, list[Answers]]] = {
    "At MG Software, we advise Python teams to choose FastAPI for new API projects.": {
        "fastapi": NEW_APIS
    },
    "The automatic OpenAPI documentation and Pydantic v2 validation significantly reduce "
    "development time and errors, while the dependency injection system promotes cleaner code "
    "architecture.": {"fastapi": [usual("api", input="json", sharing=True, experience="new")]},
    "We recommend Flask for simple web applications with Jinja2 templates or when a team already "
    "has extensive Flask experience and the extension ecosystem is crucial.": {
        "flask": [
            *SIMPLE_PAGES,
            *(usual(purpose, **A_TEAM_THAT_NEEDS_FLASK) for purpose in USUAL),
        ]
    },
    "In our own stack, we fulfill the same need with Fastify and TypeScript, which provides "
    "similar benefits to FastAPI: type safety, high performance, and automatic schema generation "
    "via JSON Schema.": {"fastapi": [usual("api", input="json", traffic="waiting")]},
    "We see FastAPI as the Python equivalent of what Fastify is to the Node.js ecosystem.": {
        "fastapi": [usual("api")]
    },
}
SENTENCES = [
    *((sentence, "fastapi", answers) for sentence, answers in CHOOSE_FASTAPI.items()),
    *((sentence, "flask", answers) for sentence, answers in CHOOSE_FLASK.items()),
    *(
        (sentence, pick, answers)
        for part in (VERDICT, RECOMMENDATION)
        for sentence, expected in part.items()
        for pick, answers in expected.items()
    ),
]


@pytest.mark.parametrize(("sentence", "pick", "cases"), SENTENCES, ids=[s for s, *_ in SENTENCES])
def test_agrees_with_the_sentence(sentence: str, pick: str, cases: list[Answers]) -> None:
    assert cases, sentence
    assert [answers for answers in cases if decide(answers)["pick"] != pick] == []


@pytest.mark.parametrize("purpose", APIS)
def test_fastapi_is_the_clear_choice_for_a_usual_new_api(purpose: str) -> None:
    assert decide(usual(purpose))["clarity"] == "clear"


@pytest.mark.parametrize("addition", ["sharing", "live"])
def test_injection_and_websockets_add_value(addition: str) -> None:
    for purpose in CHOICES["purpose"]:
        without, having = (decide(usual(purpose, **{addition: way})) for way in (False, True))
        assert lead(having) > lead(without)


@pytest.mark.parametrize(("row", "question"), ARTICLE_ROWS.items())
def test_each_row_of_the_table_speaks_when_its_question_is_answered(
    row: str, question: str
) -> None:
    others = {name for name in CHOICES if name != question}
    speaks: dict[Any, set[bool]] = {}
    for answers, made in everything():
        found = row in {piece["row"] for piece in made["evidence"]}
        speaks.setdefault(answers[question], set()).add(found)
        assert found == (row not in made["silent"])
    assert all(len(found) == 1 for found in speaks.values()), f"{row} depends on one of {others}"
    assert {True} in speaks.values()


def test_the_table_of_evidence_keeps_all_rows_of_the_article() -> None:
    assert list(HOOK.rows) == list(ARTICLE_ROWS)
    rows = {piece["row"] for _, made in everything() for piece in made["evidence"]}
    assert rows == {*ARTICLE_ROWS, "Choose FastAPI when", "Choose Flask when"}
    for purpose in CHOICES["purpose"]:
        own = decide(usual(purpose))["evidence"][0]
        assert own["row"] == f"Choose {'FastAPI' if purpose in APIS else 'Flask'} when"


# --- Over every set of answers ---------------------------------------------------------


def test_there_are_1728_sets_of_answers() -> None:
    assert len(everything()) == len(picks()) == 1728


def test_the_greater_sum_wins_and_a_tie_follows_the_verdict() -> None:
    for answers, made in everything():
        on_a_tie = "fastapi" if answers["purpose"] in APIS else "flask"
        ahead = lead(made)
        assert made["pick"] == ("fastapi" if ahead > 0 else "flask" if ahead < 0 else on_a_tie)


def test_the_sums_are_those_of_the_evidence_and_nothing_else() -> None:
    for answers, made in everything():
        weights: Counter[str] = Counter()
        for piece in made["evidence"]:
            weights[piece["framework"]] += piece["weight"]
        reasons = {True: made["reasons_for"], False: made["reasons_against"]}
        assert made["answers"] == answers
        assert made["sums"] == {name: weights[name] for name in BOTH}
        assert made["margin"] == abs(weights["fastapi"] - weights["flask"])
        for piece in made["evidence"]:
            assert piece in reasons[piece["framework"] == made["pick"]]
        assert len(made["evidence"]) == sum(map(len, reasons.values()))


def test_how_clear_it_is_follows_the_margin() -> None:
    for _, made in everything():
        margin = made["margin"]
        expected = "toss-up" if margin == 0 else "clear" if margin >= 4 else "leaning"
        assert made["clarity"] == expected


@pytest.mark.parametrize("question", CHOICES)
def test_an_answer_that_leans_to_one_never_moves_the_pick_to_the_other(question: str) -> None:
    steps = TOWARDS_FASTAPI[question]
    assert sorted(str(way) for step in steps for way in step) == sorted(map(str, CHOICES[question]))
    leads = {tuple(answers.values()): lead(made) for answers, made in everything()}
    for answers, _ in everything():
        keys = [[tuple((answers | {question: way}).values()) for way in step] for step in steps]
        along = [{picks()[key] for key in step} for step in keys]
        assert all(len(found) == 1 for found in along), "answers that lean alike are alike"
        assert along in sorted_ways(len(steps)), f"{answers}: {along}"
        ahead = [leads[step[0]] for step in keys]
        assert ahead == sorted(set(ahead)), "each step leans further to FastAPI"


def sorted_ways(steps: int) -> list[list[set[str]]]:
    """Flask first, FastAPI from some step on."""
    return [[{"flask"}] * n + [{"fastapi"}] * (steps - n) for n in range(steps + 1)]


def test_what_would_flip_it_is_true_and_complete_when_tried() -> None:
    for answers, made in everything():
        claimed = {(flip["question"], way) for flip in made["flips"] for way in flip["answers"]}
        tried = {
            (question, way)
            for question, ways in CHOICES.items()
            for way in ways
            if picks()[tuple((answers | {question: way}).values())] != made["pick"]
        }
        assert claimed == tried


def test_every_piece_of_evidence_decides_some_case() -> None:
    idle = {piece["reason"]: piece["row"] for _, made in everything() for piece in made["evidence"]}
    for answers, made in everything():
        tie = 0.5 if answers["purpose"] in APIS else -0.5
        for piece in made["evidence"]:
            share = piece["weight"] * (1 if piece["framework"] == "fastapi" else -1)
            if (lead(made) + tie > 0) != (lead(made) - share + tie > 0):
                idle.pop(piece["reason"], None)
    assert idle == {}


def test_the_record_of_the_weights_tells_the_truth() -> None:
    record = (ROOT / "docs/decisions/0006-weights-of-the-recommendation.md").read_text()
    told = dict(re.findall(r"(?m)^\| (FastAPI|Flask|clear|leaning|toss-up) +\| +(\d+) \|$", record))
    counted = Counter(made["clarity"] for _, made in everything())
    counted.update({"fastapi": "FastAPI", "flask": "Flask"}[pick] for pick in picks().values())
    assert {name: int(count) for name, count in told.items()} == counted


# --- The interview ---------------------------------------------------------------------


@pytest.mark.parametrize("purpose", CHOICES["purpose"])
def test_the_usual_answers_of_a_purpose_get_the_framework_the_article_gives_it(
    template: Template, purpose: str
) -> None:
    answers = template.interview(purpose=purpose).answers
    assert answers["framework"] == ("fastapi" if purpose in APIS else "flask")


def test_each_purpose_gives_a_different_project() -> None:
    names = ("database", "container", "ci")
    kinds = {(decide(usual(p))["pick"], *(USUAL[p][name] for name in names)) for p in USUAL}
    assert len(kinds) == len({USUAL[p]["description"] for p in USUAL}) == len(CHOICES["purpose"])


def test_the_decision_knows_every_answer_that_can_be_given(template: Template) -> None:
    for question, known in CHOICES.items():
        choices = template.questions[question].get("choices", {"Yes": True, "No": False})
        assert sorted(map(str, choices.values())) == sorted(map(str, known))
        assert question in HOOK.titles


@pytest.mark.parametrize("framework", BOTH)
def test_the_user_has_the_last_word(template: Template, framework: str) -> None:
    for purpose in ("api", "site"):
        assert (
            template.interview(purpose=purpose, framework=framework).answers["framework"]
            == framework
        )


def test_choices_line_up(template: Template) -> None:
    for name, question in template.questions.items():
        labels = [str(label) for label in question.get("choices", {})]
        starts = {found.end() for label in labels if (found := re.match(r"\S+( \S+)*  +", label))}
        assert len(starts) <= 1, f"{name}: {labels}"


def test_no_line_of_the_interview_wraps(template: Template) -> None:
    for question in template.questions.values():
        texts = [*question.get("choices", {}), question.get("help", "")]
        lines = [line for text in texts if "{%" not in text for line in text.splitlines()]
        assert [line for line in lines if len(line) > 73] == []


# --- What the user reads ---------------------------------------------------------------


def message(made: dict[str, Any]) -> str:
    return ENV.get_template("hooks/messages/recommendation.jinja").render(decision=made)


def test_the_framework_question_says_it_all_and_fits_a_terminal_of_24_lines() -> None:
    names = HOOK.names
    for _, made in everything():
        first, *lines = message(made).splitlines()
        other = names["flask" if made["pick"] == "fastapi" else "fastapi"]
        assert len(first) <= 73, "Copier puts a sign before it"
        assert all(len(line) <= 76 for line in lines)
        assert len(lines) + 1 <= 21, "two choices and a hint come below"
        head, body = "\n".join(lines).split(f"  For {other}:\n")
        assert head.startswith(f"  For {names[made['pick']]}:\n")
        assert weighed(head) == [(p["weight"], p["reason"]) for p in made["reasons_for"]]
        against = [(p["weight"], p["reason"]) for p in made["reasons_against"]]
        assert weighed(body) == (against or [(0, "None of your answers.")])
        flat = re.sub(r"\s+", " ", body)
        assert (f"would be {other} with" in flat) == bool(made["flips"])
        assert ("No other answer" in flat) != bool(made["flips"])
        for flip in made["flips"]:
            words = [HOOK.answers[flip["question"]][way] for way in flip["answers"]]
            assert f"{HOOK.titles[flip['question']]}: {', '.join(words)}" in flat


def weighed(text: str) -> list[tuple[int, str]]:
    return [(int(n), reason) for n, reason in re.findall(r"(?m)^    (\d)  (.+)$", text)]


def test_the_first_line_says_the_pick_and_how_clear_it_is() -> None:
    lines = {made["clarity"]: set[str]() for _, made in everything()}
    for _, made in everything():
        line = message(made).splitlines()[0]
        assert line.count(HOOK.names[made["pick"]]) == 1
        assert all(str(total) in line for total in made["sums"].values())
        lines[made["clarity"]].add(re.sub(r"\d+", "N", line))
    assert lines == {
        "clear": {
            "Which framework? FastAPI fits, N points to N: a clear case.",
            "Which framework? Flask fits, N points to N: a clear case.",
        },
        "leaning": {
            "Which framework? FastAPI fits, N points to N: a narrow lead.",
            "Which framework? Flask fits, N points to N: a narrow lead.",
        },
        "toss-up": {
            "Which framework? A toss-up, N points each: FastAPI, since it is an API.",
            "Which framework? A toss-up, N points each: Flask, since pages come first.",
        },
    }


HELD: Answers = {"begun_here": True, "before_core": False, "known_framework": "none"}
HELD |= {"chosen": {}, "outlived": [], "resting": [], "serves_api": False, "starters": []}


def told(name: str, framework: str, pick: str, where: str = "x", **held: object) -> str:
    text = ENV.get_template(f"hooks/messages/{name}.jinja").render(
        _copier_conf={"dst_path": Path(where)},
        decision={"pick": pick},
        framework=framework,
        package_name="field_notes",
        project_name="Field Notes",
        **HELD | held,
    )
    assert max(len(line) for line in text.splitlines()) <= 76
    return text


@pytest.mark.parametrize("framework", BOTH)
def test_after_a_copy_the_next_commands_are_named(framework: str) -> None:
    text = told("after_copy", framework, framework, where="a folder/it's here")
    commands = re.findall(r"(?m)^  (\S.*)$", text)
    assert shlex.split(commands.pop(0)) == ["cd", "a folder/it's here"]
    assert commands == [
        "git init",
        "git add --all",
        'git commit -m "Start the project"',
        "uv run pytest",
        "uv run dev.py",
    ]
    assert "`uvx copier update`" in text
    assert f"with {HOOK.names[framework]}." in text
    assert "pip install uv" in text
    assert "cd " not in told("after_copy", framework, framework, where=".")


@pytest.mark.parametrize("framework", BOTH)
@pytest.mark.parametrize("pick", BOTH)
def test_after_an_update_the_user_knows_what_to_check(framework: str, pick: str) -> None:
    text = told("after_update", framework, pick)
    for words in ("git status", "git diff", "<<<<<<<", "uv run pytest", "--diff-filter=D"):
        assert words in text
    assert "CHANGELOG.md" in text
    assert "moved" not in text
    assert "began with the other framework" not in text
    assert ("-m field_notes.openapi > openapi.json" in text) == (framework == "fastapi")
    assert (f"Your answers speak for {HOOK.names[pick]}." in text) == (framework != pick)
    assert "turned off" not in text
    known = told("after_update", framework, pick, known_framework="flask")
    assert "Your answers speak for" not in known, "nobody has answered"


def test_after_an_update_the_user_knows_what_has_to_do_without(template: Template) -> None:
    """Copier would replace all of an answer that is refused by the default."""
    given = {"framework": "flask", "tailor": "choose", "api": "flask-smorest"}
    chosen = {"extensions.translations": True, "extensions.cors": True}
    kept = template.interview(**given, **chosen).answers
    assert (kept["resting"], kept["chosen"]["cors"]) == ([], True)
    text = told("after_update", "flask", "flask", resting=["cors", "mail"])
    assert "API that they need:\ncors, mail\n" in text


@pytest.mark.parametrize("translations", [True, False])
def test_after_an_update_the_user_knows_of_marks_without_meaning(*, translations: bool) -> None:
    held: Answers = {"starters": ["flask-marked-pages"], "chosen": {"translations": translations}}
    assert ("| translated" in told("after_update", "flask", "flask", **held)) != translations


def test_after_an_update_the_user_knows_what_has_outlived_its_part() -> None:
    text = told("after_update", "fastapi", "fastapi", outlived=["contracts", "predictions"])
    assert "tests fail now." in text
    assert "what they need:\ncontracts, predictions\n" in text


def test_after_a_switch_the_user_knows_which_files_are_gone() -> None:
    text = told("after_update", "flask", "flask", begun_here=False)
    assert "began with the other framework" in text


def test_after_an_update_the_user_knows_how_to_write_the_document() -> None:
    text = told("after_update", "flask", "flask", serves_api=True)
    assert "flask --app field_notes openapi print > openapi.json" in text


# --- The first decision record of a project --------------------------------------------

TOSS_UP = {"purpose": "site", "live": True, "sharing": True, "experience": "async"}
RECORDS = [
    pytest.param({"purpose": "microservice"}, "fastapi", id="clear for FastAPI"),
    pytest.param({"purpose": "monolith"}, "flask", id="clear for Flask"),
    pytest.param({"purpose": "api", "experience": "new", "live": True}, "fastapi", id="FastAPI"),
    pytest.param(TOSS_UP, "flask", id="toss-up"),
]


@pytest.mark.parametrize("framework", BOTH)
@pytest.mark.parametrize(("answers", "pick"), RECORDS)
def test_the_record_shows_answers_evidence_and_verdict(
    render: Render, answers: Answers, pick: str, framework: str
) -> None:
    made = decide(usual(**answers))
    assert made["pick"] == pick
    names = HOOK.names
    project = render(**answers, framework=framework, known_framework="none")
    text = (project / "docs/decisions/0001-web-framework.md").read_text()
    assert text.startswith(f"# 1. The web framework is {names[framework]}\n")
    for question, way in usual(**answers).items():
        assert f"\n| {HOOK.titles[question]} | {HOOK.answers[question][way]} |\n" in text
    table = re.findall(r"(?m)^\| (.+) \| (FastAPI|Flask) \| (\d) \| (.+) \|$", text)
    assert table == [
        (piece["row"], names[piece["framework"]], str(piece["weight"]), piece["reason"])
        for piece in made["evidence"]
    ]
    assert "Sums: FastAPI {fastapi}, Flask {flask}.\n".format(**made["sums"]) in text
    assert f"Rows with nothing to say here: {', '.join(made['silent'])}.\n" in text
    assert f"\n## Verdict\n\n{HOOK.verdict(made).strip()}\n" in text
    assert text.count("\n- ") >= sum(1 for _ in made["flips"])
    overruled = text.partition("## Overruled\n")[2].partition("\n## ")[0]
    if framework == pick:
        assert "Accepted.\n" in text
        assert not overruled
    else:
        assert "Accepted, against the evidence.\n" in text
        assert all(piece["reason"] in overruled for piece in made["reasons_for"])
    other = "flask" if framework == "fastapi" else "fastapi"
    assert f"`uvx copier update --data framework={other}`" in text
    assert "removed, even if you edited them" in text


@pytest.mark.parametrize("framework", BOTH)
@pytest.mark.parametrize("known", BOTH)
def test_the_record_says_that_no_questions_were_asked(
    render: Render, known: str, framework: str
) -> None:
    project = render(purpose="monolith", known_framework=known, framework=framework)
    text = (project / "docs/decisions/0001-web-framework.md").read_text()
    first = f"Accepted. {HOOK.names[known]} was chosen without the decision questions.\n"
    assert text.startswith(f"# 1. The web framework is {HOOK.names[framework]}\n\n{first}")
    assert ("\nSince then the project has been switched to" in text) == (known != framework)
    assert "Only the purpose was asked." in text
    assert "| Building | a monolith |" in text
    assert f"\n## Verdict\n\n{HOOK.verdict(decide(usual('monolith'))).strip()}\n" in text
    assert ("## Overruled" in text) == (framework != "flask")
