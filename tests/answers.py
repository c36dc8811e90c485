"""The sets of answers that every test is run against, derived from copier.yml.

No question is named here: a new one is tried alone, left out of everything, and paired
with every answer to every other question, from the day it is asked.
"""

from collections.abc import Callable
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from itertools import product
from typing import Any

import covertable
from copying import ROOT
from copying import Template
from jinja2 import meta

Row = dict[str, Any]
Rule = tuple[tuple[str, ...], Callable[[Row], bool]]

# What people type. The first one that its validator accepts answers a free question.
SAMPLES = ["Ada's Tea & Cake <1>", "tea_cake", "7"]

TEMPLATE = Template(ROOT)
QUESTIONS = {
    name: question
    for name, question in TEMPLATE.questions.items()
    if question.get("when") is not False and question.get("ask") is not False
}


def values(question: dict[str, Any]) -> list[Any]:
    """Give the answers that can be chosen, plainest first: "none" is the plainest of all."""
    if question["type"] == "bool":
        return [False, True]
    choices = question.get("choices", [])
    choices = choices.values() if isinstance(choices, dict) else choices
    return sorted(choices, key=lambda value: value != "none")


def accepted(name: str, sample: Any) -> bool:
    try:
        TEMPLATE.interview(**{name: sample})
    except ValueError:
        return False
    return True


CHOICES = {name: values(question) for name, question in QUESTIONS.items() if values(question)}
TEXTS = {
    name: next(sample for sample in SAMPLES if accepted(name, sample))
    for name in QUESTIONS
    if name not in CHOICES
}


def mentioned(source: str) -> set[str]:
    """Which names a piece of Jinja reads, in the files that it includes too."""
    tree = TEMPLATE.env.parse(source)
    names = meta.find_undeclared_variables(tree)
    for file in meta.find_referenced_templates(tree):
        names |= mentioned((ROOT / file).read_text()) if file else set()
    return names


@cache
def chosen_by(name: str, *aspects: str) -> frozenset[str]:
    """Which choices decide these aspects of a question, through derived values too."""
    found = set()
    for aspect in aspects:
        for other in mentioned(str(TEMPLATE.questions[name].get(aspect, ""))):
            if other in CHOICES:
                found.add(other)
            elif other in TEMPLATE.questions:
                found |= chosen_by(other, "default")
    return frozenset(found - {name})


def rules() -> Iterator[Rule]:
    """A question that is not asked has its default: all that limits how rows combine."""
    for name in CHOICES:
        gates = sorted(chosen_by(name, "ask", "when"))
        rows = [dict(zip(gates, way, strict=True)) for way in ways(gates)]
        if all(TEMPLATE.interview(**row).asked[name] for row in rows):
            continue
        needs = sorted(chosen_by(name, "ask", "when", "default"))
        yield (name, *needs), rule(name, needs)


def ways(names: list[str]) -> Iterator[tuple[Any, ...]]:
    return product(*(CHOICES[name] for name in names))


def rule(name: str, needs: list[str]) -> Callable[[Row], bool]:
    @cache
    def held(*given: Any) -> tuple[bool, Any]:
        interview = TEMPLATE.interview(**dict(zip(needs, given, strict=True)))
        return interview.asked[name], interview.answers[name]

    def follows(row: Row) -> bool:
        asked, default = held(*(row[need] for need in needs))
        return asked or row[name] == default

    return follows


RULES = list(rules())
# The questions that decide whether others are asked, answered so that most of them are.
GATES = {gate for name in CHOICES for gate in chosen_by(name, "ask", "when")}
OPEN = {
    gate: max(CHOICES[gate], key=lambda v: sum(TEMPLATE.interview(**{gate: v}).asked.values()))
    for gate in GATES
}


def covering() -> list[Row]:
    """Few rows in which every pair of answers that can be given together is given."""
    constraints = [
        {"operator": "fn", "requires": list(needs), "evaluate": follows} for needs, follows in RULES
    ]
    rows = covertable.make(CHOICES, strength=2, constraints=constraints)
    return [{name: row[name] for name in CHOICES} for row in rows]


def possible(row: Row) -> bool:
    """Whether this can be answered, as far as it goes."""
    return all(follows(row) for needs, follows in RULES if row.keys() >= set(needs))


def completed(row: Row) -> bool:
    """Whether the rest can be answered too: a search, and no part of how the rows were made."""
    if not possible(row):
        return False
    tied = [name for needs, _ in RULES for name in needs if name not in row]
    if not tied:
        return True
    return any(completed(row | {tied[0]: value}) for value in CHOICES[tied[0]])


def feasible_pairs() -> set[frozenset[tuple[str, Any]]]:
    """Every two answers that somebody could give in one interview."""
    return {
        frozenset({(one, a), (two, b)})
        for one, two in combinations(CHOICES, 2)
        for a, b in product(CHOICES[one], CHOICES[two])
        if completed({one: a, two: b})
    }


def extremes(split: str) -> Iterator[tuple[str, Row]]:
    """Nothing, everything, each answer alone, and everything without each."""
    for kind in CHOICES[split]:
        fixed = {split: kind} | OPEN
        free = {name: way for name, way in CHOICES.items() if name not in fixed}
        nothing = {name: way[0] for name, way in free.items()} | fixed
        everything = {name: way[-1] for name, way in free.items()} | fixed
        yield f"{kind}-nothing", nothing
        yield f"{kind}-everything", everything
        for name, (plainest, *others) in free.items():
            yield f"{kind}-without-{name}", everything | {name: plainest}
            for value in others:
                yield f"{kind}-only-{name}-{value}", nothing | {name: value}


def split() -> str:
    """Find the question that chooses the tree: it is in the name of the folder."""
    (name,) = mentioned(TEMPLATE.config["_subdirectory"])
    return name


def purposes() -> Iterator[tuple[str, Row]]:
    """Each answer to the question whose answer sets the most defaults, and no other."""
    decides = [gate for name in CHOICES for gate in chosen_by(name, "default")]
    most = max(CHOICES, key=decides.count)
    for value in CHOICES[most]:
        yield f"{most}-{value}", {most: value}


COVERING = {f"pairs-{number:02}": row for number, row in enumerate(covering(), 1)}
EXTREMES = dict(extremes(split()))
PURPOSES = dict(purposes())
ROWS = {name: TEXTS | row for name, row in (COVERING | EXTREMES | PURPOSES).items()}
