"""Users see and change only their own notes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

PATHS = ["{note}", "{note}/edit", "{note}/delete"]


@pytest.fixture
def note(client: FlaskClient) -> str:
    """Write a note and say where it is."""
    return client.post("/notes/new", data={"title": "Groceries"}).headers["Location"]


@pytest.mark.parametrize("path", ["/notes/", "/notes/?q=Groceries", "/notes/new", *PATHS])
def test_sends_a_stranger_to_sign_in_and_back(stranger: FlaskClient, note: str, path: str) -> None:
    path = path.format(note=note)
    response = stranger.get(path)
    assert response.status_code == 303
    account = {"email": "ada@example.com", "password": "correct horse battery"}
    response = stranger.post(response.headers["Location"], data=account)
    assert response.headers["Location"] == path
    stranger.post("/auth/sign-out")
    assert stranger.get(path).status_code == 303


@pytest.mark.parametrize("path", ["/notes/new", "{note}/edit", "{note}/delete"])
def test_takes_nothing_from_a_stranger(
    client: FlaskClient, stranger: FlaskClient, note: str, path: str
) -> None:
    response = stranger.post(path.format(note=note), data={"title": "Mine"})
    assert response.headers["Location"] == "/auth/sign-in"
    assert "<h1>Groceries</h1>" in client.get(note).text
    assert "Mine" not in client.get("/notes/").text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_notes_of_others_are_404(
    client: FlaskClient, other: FlaskClient, note: str, path: str, method: str
) -> None:
    if (method, path) != ("POST", "{note}"):
        response = other.open(path.format(note=note), method=method, data={"title": "Mine"})
        assert response.status_code == 404
    assert "<h1>Groceries</h1>" in client.get(note).text


@pytest.mark.parametrize(("email", "exit_code"), [("Ada@Example.com", 0), ("eve@example.com", 1)])
@pytest.mark.usefixtures("client")
def test_seeds_notes_for_a_user(app: Flask, email: str, exit_code: int) -> None:
    result = app.test_cli_runner().invoke(args=["notes", "seed", email])
    assert result.exit_code == exit_code
    assert ("eve@example.com has no account." in result.output) is bool(exit_code)


@pytest.mark.usefixtures("note")
def test_lists_and_finds_what_is_ones_own(client: FlaskClient, other: FlaskClient) -> None:
    other.post("/notes/new", data={"title": "Compilers"})
    for path in ("/notes/", "/notes/?q=e"):
        assert "Compilers" in other.get(path).text
        assert "Groceries" not in other.get(path).text
        assert "Groceries" in client.get(path).text
        assert "Compilers" not in client.get(path).text
