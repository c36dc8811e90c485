import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/notes"),
        ("POST", "/notes"),
        ("GET", "/notes/{id}"),
        ("PATCH", "/notes/{id}"),
        ("DELETE", "/notes/{id}"),
    ],
)
def test_requires_authentication(
    client: TestClient, stranger: TestClient, method: str, path: str
) -> None:
    note = client.post("/notes", json={"title": "Groceries"}).json()

    response = stranger.request(method, path.format_map(note), json={"title": "Mine"})

    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert client.get("/notes").json()["items"] == [note]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_answers_404_for_a_note_of_another_user(
    client: TestClient, other: TestClient, method: str
) -> None:
    note = client.post("/notes", json={"title": "Groceries"}).json()

    response = other.request(method, f"/notes/{note['id']}", json={"title": "Mine"})

    assert response.status_code == 404
    assert client.get(f"/notes/{note['id']}").json() == note


def test_lists_only_the_notes_of_the_user(client: TestClient, other: TestClient) -> None:
    for title in ("Groceries", "Books"):
        client.post("/notes", json={"title": title})
    other.post("/notes", json={"title": "Compilers"})

    assert [note["title"] for note in other.get("/notes").json()["items"]] == ["Compilers"]
    page = client.get("/notes", params={"limit": 2}).json()
    assert [note["title"] for note in page["items"]] == ["Groceries", "Books"]
    assert page["next"] is None
