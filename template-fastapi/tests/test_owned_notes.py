from fastapi.testclient import TestClient


def test_strangers_have_no_notes(stranger: TestClient) -> None:
    response = stranger.get("/notes")

    assert response.status_code == 401
