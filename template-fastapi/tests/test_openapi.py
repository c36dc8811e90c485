import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings
from openapi_spec_validator import validate
from schemathesis.schemas import APIOperation

Operation = APIOperation[Any, Any, Any, Any]
PAGES = ["/docs", "/redoc"]
REVIEWED = Path(__file__).parents[1] / "openapi.json"


def test_document_is_valid(app: FastAPI) -> None:
    validate(app.openapi())


def test_document_is_the_reviewed_one(app: FastAPI) -> None:
    """After an intended change, write openapi.json again (see README.md), and review the diff."""
    assert app.openapi() == json.loads(REVIEWED.read_text(encoding="utf-8"))


def test_answers_as_documented(
    app: FastAPI, client: TestClient, subtests: pytest.Subtests, pytestconfig: pytest.Config
) -> None:
    """Fuzz each operation: whatever a client sends, the response matches the document."""
    examples = int(os.environ.get("TEST_EXAMPLES", "20" if pytestconfig.option.all else "5"))
    # Schemathesis looks for credentials in title case only.
    headers = {name.title(): value for name, value in client.headers.items()}
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    for path in schema:
        for method, operation in schema[path].items():
            with subtests.test(f"{method} {path}"):
                _send_anything(operation, headers, examples)


def _send_anything(operation: Operation, headers: dict[str, str], examples: int) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=headers)

    send()


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_only_files_of_the_service(client: TestClient, path: str) -> None:
    links = re.findall(r'(?:src|href|data-url|spec-url)="([^"]+)"', client.get(path).text)

    files = [link for link in links if link != "data:,"]
    assert "openapi.json" in files
    assert [client.get(file).status_code for file in files] == [200] * len(files)


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_no_inline_script(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert "script-src 'self';" in response.headers["content-security-policy"]
    assert not re.search(r"<script>|<script[^>]*>[^<]| on\w+=", response.text)


def test_browsers_cache_static_files_and_revalidate_them(client: TestClient) -> None:
    first = client.get("/static/vendor/swagger-ui.css")
    known = {"if-none-match": first.headers["etag"]}
    again = client.get("/static/vendor/swagger-ui.css", headers=known)

    assert first.headers["cache-control"] == "no-cache"
    assert again.status_code == 304
