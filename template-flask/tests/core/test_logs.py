"""Logs have one line per request, without user input or secrets."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

SECRETS = ["in-the-query", "in-the-cookie", "in-the-body", "in-the-header"]


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_logs_a_request_as_one_line_of_json(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    response = make_app(LOG_FORMAT="json").test_client().get("/missing?page=1")
    (line,) = lines(capsys)
    expected = {"event": "request", "method": "GET", "path": "/missing", "status": 404}
    assert expected.items() <= line.items()
    assert line["request_id"] == response.headers["X-Request-ID"]


def test_logs_no_secrets_even_in_a_crash(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app(LOG_FORMAT="json", PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/crash", view_func=lambda: str(int("missing")), methods=["POST"])
    client = app.test_client()
    client.set_cookie("name", "in-the-cookie")
    headers = {"Authorization": "Bearer in-the-header"}
    client.post("/crash?q=in-the-query", data={"text": "in-the-body"}, headers=headers)
    log = lines(capsys)
    assert "ValueError: invalid literal" in log[0]["exception"]
    assert log[1]["status"] == 500
    assert not [secret for secret in [*SECRETS, app.secret_key] if str(secret) in str(log)]


def test_keeps_health_checks_out_of_the_log(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    make_app(LOG_FORMAT="json").test_client().get("/livez")
    assert lines(capsys) == []


@pytest.mark.parametrize(("given", "kept"), [("abc-1", True), ("a b", False), ("x" * 65, False)])
def test_keeps_a_request_id_that_is_fit_to_print(app: Flask, given: str, *, kept: bool) -> None:
    response = app.test_client().get("/", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) is kept


def test_is_readable_on_a_terminal(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    make_app(LOG_FORMAT="console").test_client().get("/missing?page=1")
    assert "method=GET path=/missing" in capsys.readouterr().err
