"""The home page links to all pages."""

import re

from flask.testing import FlaskClient


def test_links_only_to_what_is_there(client: FlaskClient) -> None:
    page = client.get("/").text
    links = set(re.findall(r'(?:href|src)="(/[^"]*)"', page))
    assert "/static/site.css" in links
    assert {client.get(link, buffered=True).status_code for link in links} == {200}


def test_marks_the_current_page_in_the_navigation(client: FlaskClient) -> None:
    first = re.findall(r'<li><a href="(/[^"]*)"', client.get("/").text)[0]
    assert f'href="{first}" aria-current="page"' in client.get(first).text
