import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("text", "words", "seconds"),
    [(" ", 0, 0), ("one", 1, 1), ("one\ttwo\n three ", 3, 1), ("word " * 1000, 1000, 300)],
)
def test_estimates_reading_time(client: TestClient, text: str, words: int, seconds: int) -> None:
    response = client.post("/reading-time", json={"text": text})

    assert response.json() == {"words": words, "seconds": seconds}


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 100_001}, {"text": "x", "n": 1}])
def test_refuses_invalid_texts(client: TestClient, body: dict[str, object]) -> None:
    assert client.post("/reading-time", json=body).status_code == 422
