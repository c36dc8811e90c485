"""The OpenAPI document is valid, reviewed, and matches what the API does."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings
from openapi_spec_validator import validate
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import ignored_auth

Operation = APIOperation[Any, Any, Any, Any]
DOCUMENT = "/api/openapi.json"
EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "20"))  # for each operation
METHODS = frozenset({"delete", "get", "patch", "post", "put"})
REVIEWED = Path(__file__).parents[1] / "openapi.json"


def test_document_is_valid(client: FlaskClient) -> None:
    validate(client.get(DOCUMENT).get_json())


def test_document_is_the_one_that_was_reviewed(client: FlaskClient) -> None:
    """After a change of the API, write openapi.json again (see the README), and review it."""
    assert client.get(DOCUMENT).json == json.loads(REVIEWED.read_text(encoding="utf-8"))


def test_document_can_be_printed(app: Flask, client: FlaskClient) -> None:
    printed = app.test_cli_runner().invoke(args=["openapi", "print"])
    assert json.loads(printed.stdout) == client.get(DOCUMENT).json


def test_every_endpoint_is_documented(app: Flask, client: FlaskClient) -> None:
    documented = client.get(DOCUMENT).get_json()
    prefix = documented.get("basePath", "")
    rules = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.rule not in {"/api/docs", DOCUMENT}
    }
    paths = documented["paths"].items()
    assert rules == {(prefix + path, each) for path, item in paths for each in METHODS & set(item)}


def test_answers_as_documented(app: Flask, client: FlaskClient, subtests: pytest.Subtests) -> None:
    """For any request that schemathesis generates."""
    cookie = client.get_cookie("session")
    cookies = {"session": cookie.value} if cookie else {}
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    for path in schema:
        for method in sorted(METHODS.intersection(schema[path])):
            with subtests.test(f"{method} {path}"):
                _send_anything(schema[path][method], cookies)


def _send_anything(operation: Operation, cookies: dict[str, str]) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    def send(case: schemathesis.Case[Any]) -> None:
        # The session cookie is always sent, which this check reports as missing authentication.
        case.call_and_validate(cookies=cookies, excluded_checks=[ignored_auth])

    send()
