"""After signing in, users are redirected to the requested page, never to another host."""

import pytest
from flask.testing import FlaskClient

ADA = {"email": "ada@example.com", "password": "correct horse battery"}


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/notes/new", "/notes/new"),
        ("/notes/?q=%C3%BC&page=2", "/notes/?q=%C3%BC&page=2"),
        ("/notes/?q=ü", "/notes/?q=%C3%BC"),
        ("", "/"),
        ("notes/", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("\t//evil.example", "/"),
        ("/\x00/evil.example", "/"),
        ("/\x85/evil.example", "/"),
        ("/notes/\r\nSet-Cookie: a=b", "/"),
        (" //evil.example", "/"),
    ],
)
@pytest.mark.usefixtures("client")
def test_leads_to_no_other_host(stranger: FlaskClient, wanted: str, where: str) -> None:
    response = stranger.post("/auth/sign-in", query_string={"next": wanted}, data=ADA)
    assert (response.status_code, response.headers["Location"]) == (303, where)


def test_redirects_back_after_registering(stranger: FlaskClient) -> None:
    page = stranger.get("/auth/sign-in?next=/notes/new").text
    assert "/auth/register?next=/notes/new" in page
    response = stranger.post("/auth/register?next=/notes/new", data=ADA)
    assert response.headers["Location"] == "/notes/new"
