"""The rows are as many as it takes, and no answer goes untried."""

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import answers


def test_every_pair_of_answers_that_can_be_given_is_in_some_row() -> None:
    covered = {
        frozenset(pair)
        for row in answers.COVERING.values()
        for pair in combinations(row.items(), 2)
    }
    assert answers.feasible_pairs() == covered


def test_every_row_is_an_interview_that_can_be_held() -> None:
    """What a row says of a question that is not asked is what the interview comes to."""
    limited = [n for n in answers.CHOICES if {"ask", "when"} & answers.QUESTIONS[n].keys()]
    for row in answers.COVERING.values():
        for name in limited:
            others = {other: value for other, value in row.items() if other != name}
            held = answers.TEMPLATE.interview(**answers.TEXTS, **others)
            assert held.asked[name] or held.answers[name] == row[name]


def test_every_answer_of_every_question_is_tried() -> None:
    for name, ways in answers.CHOICES.items():
        for value in ways:
            rows = answers.COVERING if name in answers.GATES else answers.EXTREMES
            assert any(row.get(name) == value for row in rows.values()), (name, value)


def test_rows_are_the_same_in_every_process() -> None:
    """Or else workers would not agree on which tests there are."""
    code = "import conftest, answers; print(answers.ROWS)"
    command = [sys.executable, "-B", "-c", code]
    where = Path(__file__).parent
    env = {"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"}
    other = subprocess.run(command, cwd=where, env=env, check=True, capture_output=True, text=True)
    assert other.stdout.strip() == str(answers.ROWS)
