"""Each client has a share of all requests."""

import time
from collections.abc import Callable

import pytest
from flask import Flask


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_counts_what_is_found_and_what_is_not(make_app: Callable[..., Flask], path: str) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=3).test_client()
    answers = [client.get(path) for _ in range(4)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, False, True]
    assert answers[0].headers["RateLimit-Policy"] == '"client";q=3;w=60'


def test_counts_all_pages_together(make_app: Callable[..., Flask]) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=1).test_client()
    assert client.get("/").status_code == 200
    assert client.get("/nowhere").status_code == 429


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/static/site.css"])
def test_some_things_are_free(make_app: Callable[..., Flask], path: str) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=1).test_client()
    for _ in range(3):
        with client.get(path) as response:
            assert response.status_code == 200


def test_a_share_begins_anew(make_app: Callable[..., Flask]) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=1, RATE_LIMIT_SECONDS=1).test_client()
    while client.get("/").status_code == 200:
        pass
    time.sleep(1.1)
    assert client.get("/").status_code == 200
