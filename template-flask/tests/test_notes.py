"""Notes are created, searched, read, changed and deleted."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

NUL = "a\0b"


@pytest.fixture
def note(client: FlaskClient) -> str:
    """Write a note and say where it is."""
    data = {"title": "Water the plants", "body": "All of them."}
    return client.post("/notes/new", data=data).headers["Location"]


def test_invites_to_write_the_first_note(client: FlaskClient) -> None:
    assert "No notes yet." in client.get("/notes/").text


def test_shows_what_was_written(client: FlaskClient) -> None:
    data = {"title": " Buy <b>milk</b> ", "body": "a\r\nb"}
    response = client.post("/notes/new", data=data)
    assert response.status_code == 303
    page = client.get(response.headers["Location"]).text
    assert "<h1>Buy &lt;b&gt;milk&lt;/b&gt;</h1>" in page
    assert "a\nb" in page
    assert "Note saved." in page
    assert "Note saved." not in client.get("/notes/").text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"title": ""}, "Give the note a title."),
        ({"title": " \n "}, "Give the note a title."),
        ({"title": "x" * 201}, "Field cannot be longer than 200 characters."),
        ({"title": NUL}, "Remove the NUL character."),
        ({"title": "a\tb"}, "Use one line, without tabs."),
        ({"title": "a\nb"}, "Use one line, without tabs."),
        ({"title": "x", "body": NUL}, "Remove the NUL character."),
        ({"title": "x", "body": "x" * 10_001}, "Field cannot be longer than 10000 characters."),
    ],
)
@pytest.mark.parametrize("path", ["/notes/new", "{note}/edit"])
def test_says_beside_the_field_what_is_wrong(
    client: FlaskClient, note: str, path: str, data: dict[str, str], message: str
) -> None:
    response = client.post(path.format(note=note), data=data)
    assert response.status_code == 422
    assert message in response.text
    assert 'aria-invalid="true"' in response.text


def test_changes_a_note(client: FlaskClient, note: str) -> None:
    assert "All of them." in client.get(f"{note}/edit").text
    response = client.post(f"{note}/edit", data={"title": "Repot them", "body": ""})
    assert (response.status_code, response.headers["Location"]) == (303, note)
    page = client.get(note).text
    assert "<h1>Repot them</h1>" in page
    assert "All of them." not in page


def test_asks_before_it_deletes(client: FlaskClient, note: str) -> None:
    assert "Delete this note?" in client.get(f"{note}/delete").text
    assert client.get(note).status_code == 200
    assert client.post(f"{note}/delete").status_code == 303
    assert client.get(note).status_code == 404
    assert client.post(f"{note}/delete").status_code == 404


@pytest.mark.parametrize("row", ["0", "-1", "x", "2147483648", str(2**64), "9" * 5000])
def test_finds_nothing_under_a_number_that_is_none(client: FlaskClient, row: str) -> None:
    for path in (f"/notes/{row}", f"/notes/{row}/edit", f"/notes/{row}/delete"):
        assert client.get(path).status_code == 404


@pytest.mark.usefixtures("note")
def test_finds_words_in_title_and_text(client: FlaskClient) -> None:
    assert "Water the plants" in client.get("/notes/?q=WATER").text
    assert "Water the plants" in client.get("/notes/?q=of+them").text
    client.post("/notes/new", data={"title": "Äpfel ernten"})
    assert "Äpfel ernten" in client.get("/notes/?q=äPFEL").text
    for query in ("fire", "%25", "_", "x" * 60_000):
        assert "No notes match" in client.get(f"/notes/?q={query}").text
    assert client.get("/notes/?q=%00").status_code == 200


def test_takes_a_form_with_its_token_only(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    form = client.get("/notes/new").text
    good = re.findall(r'name="csrf_token" value="([^"]+)"', form)[0]
    for token, status in (("", 400), ("forged", 400), (good, 303)):
        data = {"title": "Mine", "csrf_token": token}
        response = client.post("/notes/new", data=data, headers={"Referer": "https://localhost/"})
        assert response.status_code == status
