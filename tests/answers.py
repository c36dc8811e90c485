"""The sets of answers that every test is run against, derived from copier.yml.

No question is named here: a new one is tried alone, left out of everything, and paired
with every answer to every other question, from the day it is asked.
"""

import json
import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from itertools import product
from pathlib import Path
from typing import Any

import covertable
from copying import ROOT
from copying import Interview
from copying import Template
from remembered import digest

Row = dict[str, Any]

# What people type. The first one that its validator accepts answers a free question.
SAMPLES = ["Ada's Tea & Cake <1>", "tea_cake", "7"]

TEMPLATE = Template(ROOT)
INTERVIEWS = Template(ROOT, brief=True)
# A question with a placeholder only asks a person for the answer to another question.
QUESTIONS = {
    name: question
    for name, question in TEMPLATE.questions.items()
    if question.get("when") is not False and question.get("ask") is not False
    if "placeholder" not in question
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
        INTERVIEWS.interview(**{name: sample})
    except ValueError:
        return False
    return True


def choices() -> Iterator[tuple[str, list[Any]]]:
    """Where several may be chosen, each is a question of its own: `extensions.mail`."""
    for name, question in QUESTIONS.items():
        if question.get("multiselect"):
            yield from ((part, [False, True]) for of, _, part in TEMPLATE.several if of == name)
        elif values(question):
            yield name, values(question)


CHOICES = dict(choices())
TEXTS = {
    name: next(sample for sample in SAMPLES if accepted(name, sample))
    for name in QUESTIONS
    if not values(QUESTIONS[name])
}


@cache
def chosen_by(name: str, *aspects: str) -> frozenset[str]:
    """Which choices decide these aspects of a question, through derived values too."""
    found = set()
    question, one_of_several, _ = name.partition(".")
    if one_of_several and "when" in aspects:
        aspects += ("validator",)  # which tells what this choice needs
    for aspect in aspects:
        for other in TEMPLATE.mentioned(str(TEMPLATE.questions[question].get(aspect, ""))):
            if other in CHOICES:
                found.add(other)
            elif other in QUESTIONS:
                found |= {part for of, _, part in TEMPLATE.several if of == other}
            elif other in TEMPLATE.questions:
                found |= chosen_by(other, "default")
    return frozenset(each for each in found if each.partition(".")[0] != question)


def ways(names: list[str]) -> Iterator[tuple[Any, ...]]:
    return product(*(CHOICES[name] for name in names))


# The questions that decide whether others are asked. Some change no file themselves: in what
# is tried by itself, these are answered so that most of the others are asked.
GATES = {gate for name in CHOICES for gate in chosen_by(name, "ask", "when")}
ROOTS = {gate for gate in GATES if not chosen_by(gate, "ask", "when")}
OPEN = {
    gate: max(CHOICES[gate], key=lambda v: sum(INTERVIEWS.interview(**{gate: v}).asked.values()))
    for gate in sorted(ROOTS)
}


# Those that are not always asked, with what decides it.
GATED = {
    name: sorted(gates) for name in CHOICES if (gates := chosen_by(name, "ask", "when")) - {name}
}


@cache
def _held(*given: tuple[str, Any]) -> Interview | None:
    try:
        return INTERVIEWS.interview(**dict(given))
    except ValueError:  # nobody can answer so
        return None


def held(row: Row, names: Iterable[str]) -> Interview | None:
    """Hold the interview in which these alone are answered."""
    return _held(*((name, row[name]) for name in names))


def is_asked(name: str, row: Row) -> bool:
    if name in ROOTS or name not in GATED:
        return True
    interview = held(row, GATED[name])
    return interview is not None and interview.asked[name]


def settled(row: Row) -> Row:
    """Answer what would not be asked as the interview does: with its default."""
    while True:
        given = {name: value for name, value in row.items() if is_asked(name, row)}
        held = INTERVIEWS.interview(**given).answers
        before, row = row, {name: held[name] for name in row}
        if row == before:
            return row


def asking(name: str, nothing: Row) -> Row:
    """Add to nothing as little as it takes to be asked this question."""
    gates = [gate for gate in CHOICES if gate in chosen_by(name, "ask", "when") - ROOTS]
    rows = [nothing | dict(zip(gates, way, strict=True)) for way in ways(gates)]
    return next((row for row in rows if is_asked(name, row)), {})


def covering() -> Iterator[Row]:
    """Few rows in which every pair of answers that can be given together is given.

    Where most is asked, every pair; elsewhere every answer, since the pairs have been seen.
    """
    for fixed in ways_of(ROOTS):
        yield from covered(CHOICES, fixed, strength=2 if is_open(fixed) else 1)


def programs() -> Iterator[Row]:
    """Fewer rows, of parts alone, which are installed and run."""
    for fixed in ways_of(ROOTS):
        if is_open(fixed):
            yield from covered(PARTS, fixed, strength=2)


def ways_of(names: Iterable[str]) -> Iterator[Row]:
    ordered = sorted(names)
    return (dict(zip(ordered, way, strict=True)) for way in ways(ordered))


def is_open(fixed: Row) -> bool:
    """Whether as much is asked as can be."""
    return all(fixed[name] == value for name, value in OPEN.items() if name != split())


def covered(names: Iterable[str], fixed: Row, strength: int) -> Iterator[Row]:
    plainest = {name: CHOICES[name][0] for name in CHOICES}
    free = {name: CHOICES[name] for name in names if may_be_asked(name, fixed)}
    constraints = list(limits(free, fixed))
    made = covertable.make(free, strength=strength, constraints=constraints)
    wanted = [plainest | row | fixed for row in made]
    rows = [settled(row) for row in wanted]
    yield from rows
    lost = union(wanted, free, strength) - union(rows, free, strength)
    yield from regained(sorted(map(sorted, lost)), rows)


def union(rows: list[Row], names: Iterable[str], strength: int) -> set[frozenset[tuple[str, Any]]]:
    return {
        frozenset(group)
        for row in rows
        for group in combinations([(name, row[name]) for name in names], strength)
    }


def regained(lost: list[list[tuple[str, Any]]], rows: list[Row]) -> Iterator[Row]:
    """Give what is lost because covertable loses sight of some limits: 7 rows in 40 break one."""
    fullest = max(rows, key=lambda row: sum(is_asked(name, row) for name in row))
    added: list[tuple[Row, Row]] = []
    for group in lost:
        if not holds(settled(fullest | dict(group)), dict(group)):
            continue  # nobody can answer so
        for number, (row, kept) in enumerate(added):
            more = settled(row | dict(group))
            if holds(more, kept) and holds(more, dict(group)):
                added[number] = more, kept | dict(group)
                break
        else:
            added.append((settled(fullest | dict(group)), dict(group)))
    yield from (row for row, _ in added)


def holds(row: Row, some: Row) -> bool:
    return some.items() <= row.items()


def may_be_asked(name: str, fixed: Row) -> bool:
    gates = [gate for gate in GATED.get(name, ()) if gate not in fixed]
    rows = [dict(zip(gates, way, strict=True)) | fixed for way in ways(gates)]
    return name not in fixed and any(is_asked(name, row) for row in rows)


def limits(free: dict[str, list[Any]], fixed: Row) -> Iterator[dict[str, Any]]:
    """Keep to the plainest answer where there is no question: settled() finds the true one."""
    for name in free:
        if gates := [gate for gate in GATED.get(name, ()) if gate not in fixed]:
            yield {"operator": "fn", "requires": [name, *gates], "evaluate": limit(name, fixed)}


def limit(name: str, fixed: Row) -> Callable[[Row], bool]:
    return lambda row: row[name] == CHOICES[name][0] or is_asked(name, row | fixed)


def all_pairs() -> set[frozenset[tuple[str, Any]]]:
    """Every two answers to two questions, whether or not anybody could give both."""
    return {
        frozenset({(one, a), (two, b)})
        for one, two in combinations(CHOICES, 2)
        for a, b in product(CHOICES[one], CHOICES[two])
    }


def completed(row: Row) -> bool:
    """Whether the rest can be answered too: a search, and no part of how the rows were made."""
    gates = {gate for name in row for gate in GATED.get(name, ())}
    asked = any(all(is_asked(name, whole) for name in row) for whole in filled(row, gates))
    tied = {need for name in row for need in needs(name)}
    return asked or any(all(_follows(name, whole) for name in row) for whole in filled(row, tied))


def filled(row: Row, others: set[str]) -> Iterator[Row]:
    names = sorted(others - row.keys())
    return (row | dict(zip(names, way, strict=True)) for way in ways(names))


def needs(name: str) -> list[str]:
    """What decides whether this is asked, and what its default is then."""
    return sorted(chosen_by(name, "ask", "when", "default")) if name in GATED else []


def _follows(name: str, row: Row) -> bool:
    if is_asked(name, row):
        return True
    interview = held(row, needs(name))
    return interview is not None and interview.answers[name] == row[name]


def extremes(split: str) -> Iterator[tuple[str, Row]]:
    """Nothing, everything, each answer alone, and everything without each."""
    for kind in CHOICES[split]:
        fixed = OPEN | {split: kind}
        free = {name: way for name, way in CHOICES.items() if name not in fixed}
        nothing = {name: way[0] for name, way in free.items()} | fixed
        everything = settled({name: way[-1] for name, way in free.items()} | fixed)
        yield f"{kind}-nothing", nothing
        yield f"{kind}-everything", everything
        for name, (plainest, *others) in free.items():
            if alone := asking(name, nothing):
                yield f"{kind}-without-{name}", settled(everything | {name: plainest})
                yield from (
                    (f"{kind}-only-{name}-{value}", alone | {name: value}) for value in others
                )


def split() -> str:
    """Find the question that chooses the tree: it is in the name of the folder."""
    (name,) = TEMPLATE.mentioned(TEMPLATE.config["_subdirectory"])
    return name


def purposes() -> Iterator[tuple[str, Row]]:
    """Each answer to the question whose answer sets the most defaults, and no other."""
    decides = [gate for name in CHOICES for gate in chosen_by(name, "default")]
    most = max(CHOICES, key=decides.count)
    for value in CHOICES[most]:
        yield f"{most}-{value}", {most: value}


# The parts of a program; every other answer changes what is recommended, prose, or what runs
# on a machine of somebody else.
PARTS = [name for name in [*GATED, split()] if name != "ci"]


def pairs(row: Row, names: Iterable[str] = PARTS) -> set[frozenset[tuple[str, Any]]]:
    return {frozenset(pair) for pair in combinations([(name, row[name]) for name in names], 2)}


def parts(row: Row) -> set[tuple[str, str, Any]]:
    """What such a project has of each part; a row that does not say so has the defaults."""
    whole = row if row.keys() >= {*PARTS} else INTERVIEWS.interview(**row).answers
    return {(whole[split()], name, whole[name]) for name in PARTS}


def sample(rows: dict[str, Row], others: Iterable[Row]) -> dict[str, Row]:
    """Take few of these rows, which have together whatever the others lack."""
    taken = {}
    parts_of = {name: parts(row) for name, row in rows.items()}
    missing = set[Any]().union(*parts_of.values()).difference(*map(parts, others))
    while missing:
        name = max(rows, key=lambda name: len(parts_of[name] & missing))
        taken[name] = rows[name]
        missing -= parts_of[name]
    return taken


def made() -> dict[str, dict[str, Row]]:
    run = {f"parts-{number:02}": row for number, row in enumerate(programs(), 1)}
    ends, given = dict(extremes(split())), dict(purposes())
    nothing = [row for name, row in ends.items() if name.endswith("-nothing")]
    return {
        "covering": {f"pairs-{number:02}": row for number, row in enumerate(covering(), 1)},
        "programs": run,
        "sample": sample(run, [*nothing, *given.values()]),
        "extremes": ends,
        "purposes": given,
    }


def fingerprint(*others: Path) -> str:
    """Hash what the combinations depend on: the interview, and how they are derived from it.

    What a feature brings is not part of the interview.
    """
    asked = {n: q for n, q in TEMPLATE.questions.items() if n not in TEMPLATE.unread}
    here = Path(__file__)
    paths = [here, here.with_name("copying.py"), ROOT / "requirements.lock", *others]
    paths += [path for path in sorted((ROOT / "hooks").rglob("*.*")) if path.is_file()]
    read = [f"{path.name}\n{path.read_text()}" for path in paths]
    return digest([split(), json.dumps(asked), *read])[:16]


def made_once() -> dict[str, dict[str, Row]]:
    """Read the combinations from a file of an earlier run, unless something changed."""
    path = KEPT / f"combinations-{fingerprint()}.json"
    if path.is_file() and "ROWS_ANEW" not in os.environ:
        read: dict[str, dict[str, Row]] = json.loads(path.read_text())
        return read
    rows = made()
    KEPT.mkdir(exist_ok=True)
    whole = path.with_suffix(f".{os.getpid()}")
    whole.write_text(json.dumps(rows))
    whole.replace(path)  # another process may read it meanwhile
    return rows


KEPT = ROOT / ".pytest_cache"
MADE = made_once()
COVERING, EXTREMES, PURPOSES = MADE["covering"], MADE["extremes"], MADE["purposes"]
# Every pair of parts is together in one of the first; with nothing and the purposes, every answer
# about a part is in one of the second.
PROGRAMS, SAMPLE = MADE["programs"], MADE["sample"]
# Each answer about a part with the least that it needs.
ALONE = [row for row in EXTREMES for name in PARTS if f"-only-{name}-" in row]
ROWS = {name: TEXTS | row for name, row in (COVERING | PROGRAMS | EXTREMES | PURPOSES).items()}
