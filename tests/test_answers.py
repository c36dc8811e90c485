"""The rows are as many as it takes, and no answer goes untried."""

import subprocess
import sys
from pathlib import Path

import answers


def test_every_pair_of_answers_that_can_be_given_is_in_some_row() -> None:
    rows = answers.COVERING.values()
    covered = set().union(*(answers.pairs(row, answers.CHOICES) for row in rows))
    lacking = answers.all_pairs() - covered
    assert [pair for pair in lacking if answers.completed(dict(pair))] == []


def test_every_pair_of_parts_is_run() -> None:
    run = set().union(*(answers.pairs(row) for row in answers.PROGRAMS.values()))
    covered = set().union(*(answers.pairs(row) for row in answers.COVERING.values()))
    assert run == covered


def test_every_part_is_run_at_each_push() -> None:
    nothing = [name for name in answers.EXTREMES if name.endswith("-nothing")]
    names = [*nothing, *answers.PURPOSES, *answers.SAMPLE]
    run = set().union(*(answers.parts(answers.ROWS[name]) for name in names))
    whole = set().union(*(answers.parts(row) for row in answers.ROWS.values()))
    assert run == whole


def test_every_row_is_an_interview_that_can_be_held() -> None:
    """What a row says of a question that is not asked is what the interview comes to."""
    for row in (answers.COVERING | answers.PROGRAMS).values():
        asked = answers.TEMPLATE.interview(**answers.TEXTS, **row).asked
        said = {n: value for n, value in row.items() if asked[n] or n in answers.ROOTS}
        held = answers.TEMPLATE.interview(**answers.TEXTS, **said)
        assert {name: held.answers[name] for name in row} == row


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
    env = {"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "ROWS_ANEW": "1"}
    other = subprocess.run(command, cwd=where, env=env, check=True, capture_output=True, text=True)
    assert other.stdout.strip() == str(answers.ROWS)
