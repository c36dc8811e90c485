"""The API estimates the reading time of a text."""

import pytest
from flask.testing import FlaskClient

PATH = "/api/reading-time"


@pytest.mark.parametrize(
    ("text", "words", "seconds"),
    [(" ", 0, 0), ("one", 1, 1), ("one\ttwo\n three ", 3, 1), ("word " * 1000, 1000, 300)],
)
def test_estimates_reading_time(client: FlaskClient, text: str, words: int, seconds: int) -> None:
    response = client.post(PATH, json={"text": text})
    assert response.get_json() == {"words": words, "seconds": seconds}


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 100_001}, {"text": "x", "n": 1}])
def test_refuses_what_is_no_text(client: FlaskClient, body: dict[str, object]) -> None:
    assert client.post(PATH, json=body).status_code == 422
