"""Pages have htmx attributes; test_notes.py and test_pagination.py test them without htmx."""

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def page(client: FlaskClient) -> str:
    for number in range(11):
        client.post("/notes/new", data={"title": f"Note {number}"})
    return client.get("/notes/").text


def test_asks_htmx_to_search_while_one_types(page: str) -> None:
    assert 'hx-get="/notes/" hx-trigger="input delay:200ms, submit"' in page
    assert 'hx-target="#notes" hx-select="#notes"' in page
    assert page.count('id="notes"') == 1


def test_asks_htmx_to_turn_pages_and_to_delete_in_place(client: FlaskClient, page: str) -> None:
    assert '<nav class="pages" aria-label="Pages" hx-boost:inherited="true">' in page
    client.post("/notes/new", data={"title": "Water the plants"})
    note = client.post("/notes/new", data={"title": "Repot them"}).headers["Location"]
    assert f'<form action="{note}/delete" method="post" hx-boost="true">' in client.get(note).text


def test_loads_nothing_from_other_hosts(page: str) -> None:
    assert "vendor/htmx/htmx.min.js" in page
    assert "hx-on" not in page  # it would need `unsafe-eval`
