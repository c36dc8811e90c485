"""Administrators see the audit trail of all rows, or of one row."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def note(client: FlaskClient) -> int:
    data = {"title": "Water the plants", "body": "All of them."}
    return int(client.post("/notes/new", data=data).headers["Location"].rpartition("/")[2])


def run(app: Flask, *command: str) -> None:
    with app.app_context():
        assert app.test_cli_runner().invoke(args=command).exit_code == 0


def test_is_for_administrators_only(stranger: FlaskClient, client: FlaskClient) -> None:
    assert "/auth/sign-in" in stranger.get("/audit/").headers["Location"]
    assert client.get("/audit/").status_code == 403
    assert "/audit/" not in client.get("/").text


def test_shows_changes_of_all_rows_and_of_one(app: Flask, client: FlaskClient, note: int) -> None:
    run(app, "users", "promote", "ada@example.com")
    run(app, "notes", "seed", "ada@example.com")
    page = client.get("/audit/").text
    assert "Example 25" in page
    assert "Water the plants" not in page
    assert "Page 1 of 3" in page
    assert 'href="/audit/"' in client.get("/").text
    page = client.get(f"/audit/?table=notes&row={note}").text
    assert "<dd><ins>Water the plants</ins></dd>" in page
    assert "Example 25" not in page
    assert "No changes yet." in client.get("/audit/?table=notes&row=0").text
