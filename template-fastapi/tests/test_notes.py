from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


def create(client: TestClient, **fields: object) -> dict[str, Any]:
    response = client.post("/notes", json={"title": "Groceries"} | fields)
    assert response.status_code == 201, response.text
    note: dict[str, Any] = response.json()
    return note


def test_creates_a_note(client: TestClient) -> None:
    response = client.post("/notes", json={"title": "Groceries", "body": "Apples\nand bread"})

    note = client.get(response.headers["location"]).json()
    assert note == response.json()
    assert note["title"] == "Groceries"
    assert note["body"] == "Apples\nand bread"
    created = datetime.fromisoformat(note["created_at"])
    assert datetime.now(UTC) - created < timedelta(seconds=10)


def test_the_location_contains_the_prefix_of_a_proxy(app: FastAPI, client: TestClient) -> None:
    with TestClient(app, root_path="/api", headers=dict(client.headers)) as behind_proxy:
        response = behind_proxy.post("/notes", json={"title": "Groceries"})

    assert response.headers["location"] == f"/api/notes/{response.json()['id']}"


@pytest.mark.parametrize(
    "fields",
    [{"title": ""}, {"title": "x" * 201}, {"title": "two\nlines"}, {"body": "\0"}, {"colour": 1}],
)
def test_refuses_invalid_notes(client: TestClient, fields: dict[str, Any]) -> None:
    response = client.post("/notes", json={"title": "Groceries"} | fields)

    assert response.status_code == 422
    assert client.get("/notes").json() == {"items": [], "next": None}


@pytest.mark.parametrize("changes", [{}, {"title": "Later"}, {"body": "Pears"}])
def test_updates_only_the_given_fields(client: TestClient, changes: dict[str, Any]) -> None:
    note = create(client, body="Apples")

    changed = client.patch(f"/notes/{note['id']}", json=changes).json()

    assert changed == note | changes | {"updated_at": changed["updated_at"]}
    assert client.get(f"/notes/{note['id']}").json() == changed


def test_refuses_a_title_of_null(client: TestClient) -> None:
    note = create(client)

    response = client.patch(f"/notes/{note['id']}", json={"title": None})

    assert response.status_code == 422
    assert response.json()["errors"][0]["location"] == ["body", "title"]


def test_deletes_a_note(client: TestClient) -> None:
    note = create(client)

    assert client.delete(f"/notes/{note['id']}").status_code == 204
    assert client.get(f"/notes/{note['id']}").status_code == 404


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_answers_404_for_an_unknown_note(client: TestClient, method: str) -> None:
    response = client.request(method, f"/notes/{uuid4()}", json={})

    assert response.status_code == 404
    assert response.json()["detail"] == "No such note."


def test_pages_contain_each_note_once(client: TestClient) -> None:
    ids = [create(client, title=f"Note {n}")["id"] for n in range(5)]

    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = client.get("/notes", params=query).json()
        seen += [note["id"] for note in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]

    assert seen == ids


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=99999999999999999999", "after=1"])
def test_refuses_invalid_page_parameters(client: TestClient, query: str) -> None:
    assert client.get(f"/notes?{query}").status_code == 422
