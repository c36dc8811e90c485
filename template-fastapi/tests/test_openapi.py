import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import given
from hypothesis import settings
from openapi_spec_validator import validate
from schemathesis.schemas import APIOperation

Operation = APIOperation[Any, Any, Any, Any]
REVIEWED = Path(__file__).parents[1] / "openapi.json"


def test_document_is_valid(app: FastAPI) -> None:
    validate(app.openapi())


def test_document_is_the_one_that_was_reviewed(app: FastAPI) -> None:
    """After a wanted change, write openapi.json anew, as the README says, and read the diff."""
    assert app.openapi() == json.loads(REVIEWED.read_text(encoding="utf-8"))


def test_answers_as_the_document_says(app: FastAPI, subtests: pytest.Subtests) -> None:
    """Whatever a client sends."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    for path in schema:
        for method, operation in schema[path].items():
            with subtests.test(f"{method} {path}"):
                _send_anything(operation)


def _send_anything(operation: Operation) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=20, deadline=None, derandomize=True, database=None)
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    send()
