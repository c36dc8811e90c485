"""Administrators list, search, edit and delete rows."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text


@pytest.fixture
def admin(app: Flask, client: FlaskClient) -> FlaskClient:
    """Ada, who is an administrator."""
    with app.app_context():
        command = ["users", "promote", "ada@example.com"]
        assert app.test_cli_runner().invoke(args=command).exit_code == 0
    return client


@pytest.fixture
def note(client: FlaskClient) -> str:
    """Write a note and give its number."""
    data = {"title": "Water the plants", "body": "All of them."}
    return client.post("/notes/new", data=data).headers["Location"].rpartition("/")[2]


def test_lists_sorts_and_finds_rows(admin: FlaskClient, note: str) -> None:
    page = admin.get("/admin/notes/").text
    assert "Water the plants" in page
    assert "ada@example.com" in page
    assert "All of them." not in page
    assert f'aria-label="Edit {note}"' in page
    assert '<td><time datetime="' in page
    sort = re.findall(r'href="([^"]*sort=[^"]*)"', page)[0].replace("&amp;", "&")
    assert 'aria-sort="ascending"' in admin.get(sort).text
    assert "Water the plants" in admin.get("/admin/notes/?search=WATER").text
    assert "Nothing found." in admin.get("/admin/notes/?search=fire").text


def test_leads_from_page_to_page(app: Flask, admin: FlaskClient) -> None:
    app.test_cli_runner().invoke(args=["notes", "seed", "ada@example.com"])
    page = admin.get("/admin/notes/").text
    assert "Page 1 of 2" in page
    following = re.findall(r'href="([^"]*)" rel="next"', page)[0].replace("&amp;", "&")
    assert "Page 2 of 2" in admin.get(following).text


@pytest.mark.parametrize(
    "query", [f"page={2**63 - 1}", f"page={10**20}", "page=-1", "page=x", "search=%00", "sort=99"]
)
@pytest.mark.usefixtures("note")
def test_lists_whatever_the_address_asks_for(admin: FlaskClient, query: str) -> None:
    assert admin.get(f"/admin/notes/?{query}").status_code == 200


def test_changes_a_row(admin: FlaskClient, note: str) -> None:
    path = f"/admin/notes/edit/?id={note}"
    assert "All of them." in admin.get(path).text
    assert admin.post(path, data={"title": " Repot them ", "body": ""}).status_code == 302
    page = admin.get(f"/notes/{note}").text
    assert "<h1>Repot them</h1>" in page
    assert "All of them." not in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"title": " "}, "This field is required."),
        ({"title": "x" * 201}, "Field cannot be longer than 200 characters."),
        ({"title": "a\0b"}, "Remove the NUL character."),
        ({"title": "a\tb"}, "Use one line, without tabs."),
    ],
)
def test_says_beside_the_field_what_is_wrong(
    admin: FlaskClient, note: str, data: dict[str, str], message: str
) -> None:
    response = admin.post(f"/admin/notes/edit/?id={note}", data=data)
    assert response.status_code == 422
    assert f'<small id="title-error">{message}</small>' in response.text
    assert '<p class="flash error" role="alert">Failed to save record.</p>' in response.text


@pytest.fixture
def _titles_are_unique(app: Flask) -> Iterator[None]:
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    with engine.begin() as connection:
        connection.execute(text("CREATE UNIQUE INDEX titles ON notes (title)"))
    yield
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX titles"))


@pytest.mark.usefixtures("_titles_are_unique")
def test_says_what_the_database_refuses(admin: FlaskClient, note: str) -> None:
    admin.post("/notes/new", data={"title": "Repot them"})
    response = admin.post(f"/admin/notes/edit/?id={note}", data={"title": "Repot them"})
    assert response.status_code == 422
    assert '<p class="flash error" role="alert">Not saved: ' in response.text


def test_offers_to_make_what_a_form_can_fill(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = import_module(f"{app.import_name}.admin.rows").Rows
    note = import_module(f"{app.import_name}.notes.models").Note
    with app.app_context():
        assert not rows(note).can_create
        monkeypatch.setattr(note.__table__.c.owner_id, "nullable", True)
        assert rows(note).can_create


def test_asks_before_it_deletes(admin: FlaskClient, note: str) -> None:
    path = f"/admin/notes/delete/?id={note}"
    assert f'href="{path}"' in admin.get(f"/admin/notes/edit/?id={note}").text
    assert "Water the plants" in admin.get(path).text
    assert admin.get(f"/notes/{note}").status_code == 200
    assert admin.post("/admin/notes/delete/", data={"id": note}).status_code == 302
    assert admin.get(f"/notes/{note}").status_code == 404
    assert admin.post("/admin/notes/delete/", data={"id": note}).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
    ],
)
@pytest.mark.parametrize("page", ["notes/edit", "notes/delete", "users/new"])
def test_leads_to_no_other_host(admin: FlaskClient, page: str, url: str) -> None:
    for asked in (admin.get, admin.post):
        response = asked(f"/admin/{page}/", query_string={"id": "0", "url": url})
        assert response.status_code == 400
        assert "Location" not in response.headers


@pytest.mark.parametrize("key", ["", "0", "x", "a,b", "a%00b", str(2**31), str(2**70)])
@pytest.mark.parametrize("page", ["notes/edit", "notes/delete", "users/edit", "users/delete"])
def test_finds_nothing_under_a_key_that_is_none(admin: FlaskClient, page: str, key: str) -> None:
    assert admin.get(f"/admin/{page}/?id={key}").status_code in {302, 404}
