"""The admin pages are for administrators only."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

PAGES = ["/admin/", "/admin/notes/", "/admin/users/", "/admin/users/edit/?id=x"]


def promote(app: Flask) -> None:
    with app.app_context():
        command = ["users", "promote", "ada@example.com"]
        assert app.test_cli_runner().invoke(args=command).exit_code == 0


@pytest.fixture
def admin(app: Flask, client: FlaskClient) -> FlaskClient:
    """Ada, who is an administrator."""
    promote(app)
    return client


@pytest.fixture
def note(client: FlaskClient) -> str:
    """Write a note and give its number."""
    data = {"title": "Water the plants", "body": "All of them."}
    return client.post("/notes/new", data=data).headers["Location"].rpartition("/")[2]


def user(admin: FlaskClient, email: str) -> str:
    """Find a user's number on the page."""
    page = admin.get(f"/admin/users/?search={email}").text
    (number,) = re.findall(r"/admin/users/edit/\?id=([\w-]+)", page)
    return str(number)


@pytest.mark.parametrize("path", PAGES)
def test_is_for_administrators_only(stranger: FlaskClient, client: FlaskClient, path: str) -> None:
    assert stranger.get(path).status_code == 303
    assert "/auth/sign-in" in stranger.get(path).headers["Location"]
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("page", ["edit/?id={note}", "delete/", "action/", "ajax/update/"])
def test_others_cannot_change_anything(
    stranger: FlaskClient, client: FlaskClient, note: str, page: str
) -> None:
    data = {"id": note, "title": "Mine"}
    path = f"/admin/notes/{page.format(note=note)}"
    assert stranger.post(path, data=data).status_code == 303
    assert client.post(path, data=data).status_code == 403
    assert "Water the plants" in client.get(f"/notes/{note}").text


def test_is_in_the_menu_of_administrators(app: Flask, client: FlaskClient) -> None:
    assert "/admin/" not in client.get("/").text
    promote(app)
    assert '<a href="/admin/">Admin</a>' in client.get("/").text
    assert {"/admin/notes/", "/admin/users/"} <= set(
        re.findall(r'href="(/admin/[^"]*)"', client.get("/admin/").text)
    )


def test_gives_and_takes_the_role(admin: FlaskClient, other: FlaskClient) -> None:
    path = f"/admin/users/edit/?id={user(admin, 'grace@example.com')}"
    admin.post(path, data={"is_admin": "y", "is_active": "y"})
    assert other.get("/admin/").status_code == 200
    admin.post(path, data={"is_active": "y"})
    assert other.get("/admin/").status_code == 403
    admin.post(path, data={})
    assert other.get("/notes/").status_code == 303
    admin.post(path, data={"is_active": "y"})
    assert other.get("/notes/").status_code == 303


def test_never_shows_or_changes_a_secret(app: Flask, admin: FlaskClient) -> None:
    path = f"/admin/users/edit/?id={user(admin, 'ada@example.com')}"
    with admin.session_transaction() as session:
        secrets = ["scrypt", session["_user_id"]]
    for page in ("/admin/users/", path, path.replace("edit", "delete")):
        assert "ada@example.com" in admin.get(page).text or page == path
        assert not [secret for secret in secrets if secret in admin.get(page).text]
    data = {"is_admin": "y", "is_active": "y", "password_hash": "x", "session_key": "x"}
    admin.post(path, data=data)
    account = {"email": "ada@example.com", "password": "correct horse battery"}
    assert app.test_client().post("/auth/sign-in", data=account).status_code == 303
    assert admin.get("/admin/").status_code == 200


def test_takes_a_form_with_its_token_only(make_app: Callable[..., Flask], note: str) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    promote(app)
    client = app.test_client()
    data = {"email": "ada@example.com", "password": "correct horse battery", "title": "Theirs"}
    for path in ("/auth/sign-in", "/admin/notes/edit/?id={note}", "/admin/notes/delete/?id={note}"):
        page = path.format(note=note)
        token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get(page).text)[0]
        for value, refused in (("", True), ("forged", True), (token, False)):
            form = data | {"id": note, "csrf_token": value}
            response = client.post(page, data=form, headers={"Referer": "https://localhost/"})
            assert (response.status_code == 400) is refused
    assert client.get(f"/notes/{note}").status_code == 404


@pytest.mark.parametrize("path", ["", "notes/", "notes/edit/?id={note}", "notes/delete/?id={note}"])
def test_needs_no_script_and_no_other_host(admin: FlaskClient, note: str, path: str) -> None:
    response = admin.get(f"/admin/{path.format(note=note)}")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.findall(r"<script(?! src)|\bon\w+=|style=|javascript:|//", response.text)
