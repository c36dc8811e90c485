"""A text goes in, and out comes how long it takes to read."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

PATH = "/reading-time/"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("one", "0 min 1 s to read; words: 1."),
        ("word " * 200, "1 min 0 s to read; words: 200."),
        ("word\r\n" * 301, "1 min 31 s to read; words: 301."),
    ],
)
def test_counts_words_and_seconds(client: FlaskClient, text: str, answer: str) -> None:
    response = client.post(PATH, data={"text": text})
    assert response.status_code == 200
    assert answer in response.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n ", "Paste a text first."),
        ("a\0b", "Remove the NUL character."),
        ("x" * 100_001, "Field cannot be longer than 100000 characters."),
    ],
)
def test_says_beside_the_field_what_is_wrong(client: FlaskClient, text: str, message: str) -> None:
    response = client.post(PATH, data={"text": text})
    assert response.status_code == 422
    assert message in response.text
    assert 'aria-invalid="true"' in response.text


def test_shows_what_was_entered_as_it_was(client: FlaskClient) -> None:
    page = client.post(PATH, data={"text": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_takes_a_form_with_its_token_only(make_app: Callable[..., Flask]) -> None:
    client = make_app(WTF_CSRF_ENABLED=True).test_client()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get(PATH).text)[0]
    for value, status in (("", 400), ("forged", 400), (token, 200)):
        data = {"text": "x", "csrf_token": value}
        response = client.post(PATH, data=data, headers={"Referer": "https://localhost/"})
        assert response.status_code == status
