"""The combinations are as many as it takes, and no answer goes untried.

To search all pairs takes half a minute, and comes to the same until a question, or how the
combinations are made, changes: then, and in a fresh clone, it is done again.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import answers
import pytest
from remembered import Proofs

PROOFS = Proofs(answers.KEPT)


def until_a_question_changes(test: Callable[[], None]) -> Callable[[], None]:
    """Skip a test that has passed with the same questions and the same tests."""

    @wraps(test)
    def run() -> None:
        key = f"{test.__name__}-{answers.fingerprint(Path(__file__))}"
        if PROOFS.knows(key):
            pytest.skip("passed before with the same questions")
        test()
        PROOFS.keep(key)

    return run


@until_a_question_changes
def test_every_pair_of_answers_that_can_be_given_is_in_some_combination() -> None:
    rows = answers.COVERING.values()
    covered = set().union(*(answers.pairs(row, answers.CHOICES) for row in rows))
    lacking = answers.all_pairs() - covered
    assert [pair for pair in lacking if answers.completed(dict(pair))] == []


def test_every_pair_of_parts_is_run() -> None:
    run = set().union(*(answers.pairs(row) for row in answers.PROGRAMS.values()))
    covered = set().union(*(answers.pairs(row) for row in answers.COVERING.values()))
    assert run == covered


@until_a_question_changes
def test_every_part_is_run_at_each_push() -> None:
    nothing = [name for name in answers.EXTREMES if name.endswith("-nothing")]
    names = [*nothing, *answers.PURPOSES, *answers.SAMPLE]
    run = set().union(*(answers.parts(answers.ROWS[name]) for name in names))
    whole = set().union(*(answers.parts(row) for row in answers.ROWS.values()))
    assert run == whole


@until_a_question_changes
def test_every_combination_is_an_interview_that_can_be_held() -> None:
    """What is said of a question that is not asked is what the interview comes to."""
    for row in (answers.COVERING | answers.PROGRAMS).values():
        asked = answers.INTERVIEWS.interview(**answers.TEXTS, **row).asked
        # A question outside GATED is skipped by people who know the framework, and may be answered.
        free = answers.ROOTS | (answers.CHOICES.keys() - answers.GATED.keys())
        said = {n: value for n, value in row.items() if asked[n] or n in free}
        held = answers.TEMPLATE.interview(**answers.TEXTS, **said)
        assert {name: held.answers[name] for name in row} == row
        assert [name for name in answers.GATED if held.asked[name] is not (name in said)] == []
        brief = answers.INTERVIEWS.interview(**answers.TEXTS, **said)
        assert brief.asked.items() <= held.asked.items()
        assert {name: brief.answers[name] for name in row} == row


def test_every_answer_of_every_question_is_tried() -> None:
    for name, ways in answers.CHOICES.items():
        for value in ways:
            rows = answers.COVERING if name in answers.GATES else answers.EXTREMES
            assert any(row.get(name) == value for row in rows.values()), (name, value)


@until_a_question_changes
def test_combinations_are_the_same_in_every_process() -> None:
    """Or else workers would not agree on which tests there are."""
    code = "import conftest, answers; print(answers.ROWS)"
    command = [sys.executable, "-B", "-c", code]
    where = Path(__file__).parent
    env = {"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "ROWS_ANEW": "1"}
    other = subprocess.run(command, cwd=where, env=env, check=True, capture_output=True, text=True)
    assert other.stdout.strip() == str(answers.ROWS)
