"""Clients of the API create, read, change and delete notes."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

PATH = "/api/notes"


def create(client: FlaskClient, **fields: object) -> dict[str, Any]:
    response = client.post(PATH, json={"title": "Groceries"} | fields)
    assert response.status_code == 201, response.text
    note: dict[str, Any] = response.get_json()
    return note


def test_keeps_a_note(client: FlaskClient) -> None:
    fields = {"title": "Groceries", "body": "Apples\nand bread"}
    response = client.post(PATH, json=fields)
    note = client.get(response.headers["Location"]).get_json()
    assert note == response.get_json()
    assert {name: note[name] for name in fields} == fields
    assert note["created_at"].endswith("Z")
    created = datetime.fromisoformat(note["created_at"])
    assert datetime.now(UTC) - created < timedelta(seconds=10)


def test_shows_on_pages_what_programs_write(client: FlaskClient) -> None:
    note = create(client, title="From a program")
    assert "From a program" in client.get(f"/notes/{note['id']}").text


def test_gives_out_what_a_program_could_not_send(app: Flask, client: FlaskClient) -> None:
    """Rows that violate today's validation rules can still be read."""
    path = f"{PATH}/{create(client)['id']}"
    kept = {"title": "a\tb", "body": "x" * 10_001}
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        session.execute(text("UPDATE notes SET title = :title, body = :body"), kept)
        session.commit()
    note = client.get(path).get_json()
    assert {name: note[name] for name in kept} == kept
    assert client.get(PATH).get_json()["items"] == [note]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "two\nlines"},
        {"title": "line\n"},
        {"title": "\ud800"},
        {"title": None},
        {"title": 1},
        {"body": "\0"},
        {"body": "x" * 10_001},
        {"colour": 1},
    ],
)
def test_refuses_what_is_no_note(client: FlaskClient, fields: dict[str, Any]) -> None:
    (name,) = fields
    response = client.post(PATH, json={"title": "Groceries"} | fields)
    assert response.status_code == 422
    problem = response.get_json()
    assert problem["detail"] == "The request is not valid."
    assert {tuple(error["location"]) for error in problem["errors"]} == {("body", name)}
    assert client.get(PATH).get_json() == {"items": [], "next": None}


@pytest.mark.parametrize("changes", [{}, {"title": "Later"}, {"body": "Pears"}])
def test_changes_what_is_given_and_nothing_else(
    client: FlaskClient, changes: dict[str, Any]
) -> None:
    note = create(client, body="Apples")
    changed = client.patch(f"{PATH}/{note['id']}", json=changes).get_json()
    assert changed == note | changes | {"updated_at": changed["updated_at"]}
    assert client.get(f"{PATH}/{note['id']}").get_json() == changed


def test_refuses_to_clear_a_title(client: FlaskClient) -> None:
    note = create(client)
    response = client.patch(f"{PATH}/{note['id']}", json={"title": None})
    assert response.status_code == 422
    assert response.get_json()["errors"][0]["location"] == ["body", "title"]


def test_deletes_a_note(client: FlaskClient) -> None:
    path = f"{PATH}/{create(client)['id']}"
    response = client.delete(path)
    assert (response.status_code, response.data) == (204, b"")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_knows_no_such_note(client: FlaskClient, method: str) -> None:
    response = client.open(f"{PATH}/2147483647", method=method, json={})
    assert response.status_code == 404
    assert response.get_json()["detail"] == "No such note."


@pytest.mark.parametrize("row", ["x", "-1", "2147483648", "9" * 5000])
def test_finds_nothing_under_a_number_that_is_none(client: FlaskClient, row: str) -> None:
    assert client.get(f"{PATH}/{row}").status_code == 404


def test_pages_partition_the_notes(client: FlaskClient) -> None:
    ids = [create(client, title=f"Note {n}")["id"] for n in range(5)]
    seen: list[int] = []
    query: dict[str, int] = {"limit": 2}
    while True:
        page = client.get(PATH, query_string=query).get_json()
        seen += [note["id"] for note in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert seen == ids


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=99999999999999999999", "after=x", "after=-1"]
)
def test_refuses_a_page_that_cannot_be(client: FlaskClient, query: str) -> None:
    response = client.get(f"{PATH}?{query}")
    assert response.status_code == 422
    assert response.get_json()["errors"][0]["location"] == ["query", query.partition("=")[0]]
