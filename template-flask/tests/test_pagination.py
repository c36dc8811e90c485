"""Long lists come a page at a time, whatever the address asks for."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def _many_notes(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["notes", "seed"]).exit_code == 0


def test_lists_the_latest_first(client: FlaskClient) -> None:
    titles = re.findall(r">(Example \d+)<", client.get("/notes/").text)
    assert titles == [f"Example {number}" for number in range(25, 15, -1)]


def test_leads_to_the_pages_around_and_keeps_the_search(client: FlaskClient) -> None:
    page = client.get("/notes/?q=example&page=2").text
    assert "Page 2 of 3" in page
    assert 'href="/notes/?page=1&amp;q=example" rel="prev"' in page
    assert 'href="/notes/?page=3&amp;q=example" rel="next"' in page


@pytest.mark.parametrize(
    ("page", "number"),
    [("-1", 1), ("0", 1), ("x", 1), ("4", 3), (str(2**70), 3), ("9" * 5000, 1)],
)
def test_shows_the_nearest_page_there_is(client: FlaskClient, page: str, number: int) -> None:
    assert f"Page {number} of 3" in client.get(f"/notes/?page={page}").text
