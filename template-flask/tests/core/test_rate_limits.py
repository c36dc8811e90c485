"""The rate limit counts the requests of each client."""

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


def test_logs_no_session_key(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=1, LOG_FORMAT="json").test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "the key of a session"
    assert [client.get("/").status_code for _ in range(2)] == [200, 429]
    log = capsys.readouterr().err
    assert "exceeded" in log
    assert "the key of a session" not in log


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 400), ({"Transfer-Encoding": "chunked"}, 411)]
)
def test_counts_what_is_refused(
    make_app: Callable[..., Flask], headers: dict[str, str], status: int
) -> None:
    app = make_app(RATE_LIMIT_REQUESTS=1, WTF_CSRF_ENABLED=status == 400)
    app.add_url_rule("/form", view_func=lambda: "done", methods=["POST"])
    answers = [app.test_client().post("/form", headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [status, 429]
    assert all("Content-Security-Policy" in answer.headers for answer in answers)


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/static/site.css"])
def test_some_things_are_free(make_app: Callable[..., Flask], path: str) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=1).test_client()
    for _ in range(3):
        with client.get(path) as response:
            assert response.status_code == 200


@pytest.mark.slow
def test_a_share_begins_anew(make_app: Callable[..., Flask]) -> None:
    client = make_app(RATE_LIMIT_REQUESTS=1, RATE_LIMIT_SECONDS=1).test_client()
    while client.get("/").status_code == 200:
        pass
    time.sleep(1.1)
    assert client.get("/").status_code == 200
