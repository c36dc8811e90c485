"""Every endpoint of the API requires a user, who sees only their own notes."""

from flask import Flask
from flask.testing import FlaskClient

PUBLIC = {"/api/docs", "/api/openapi.json"}


def test_refuses_a_stranger_everywhere(app: Flask, stranger: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/") or rule.rule in PUBLIC:
            continue
        path = rule.rule.replace("<row:note_id>", "1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            response = stranger.open(path, method=method, json={})
            assert (response.status_code, response.mimetype) == (401, "application/problem+json")


def test_shows_the_documentation_to_anybody(stranger: FlaskClient) -> None:
    assert {stranger.get(path).status_code for path in PUBLIC} == {200}


def test_keeps_notes_to_their_owners(client: FlaskClient, other: FlaskClient) -> None:
    path = client.post("/api/notes", json={"title": "Mine"}).headers["Location"]
    assert other.get("/api/notes").get_json()["items"] == []
    for method in ("GET", "PATCH", "DELETE"):
        assert other.open(path, method=method, json={}).status_code == 404
    assert client.get(path).get_json()["title"] == "Mine"
