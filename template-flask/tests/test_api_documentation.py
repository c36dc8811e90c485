"""The docstrings for Flasgger match the decorators of the views."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

Operation = tuple[dict[str, Any], Any]


@pytest.fixture
def operations(app: Flask, client: FlaskClient) -> list[Operation]:
    """Pair what is documented with the view that answers."""
    adapter = app.url_map.bind("localhost")
    paths = client.get("/api/openapi.json").get_json()["paths"]
    return [
        (operation, app.view_functions[adapter.match(path.format(note_id=1), method.upper())[0]])
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


def reference(model: type | None) -> dict[str, str] | None:
    return {"$ref": f"#/definitions/{model.__name__}"} if model else None


def test_documents_the_body_that_it_checks(operations: list[Operation]) -> None:
    for operation, view in operations:
        parameters = operation.get("parameters", [])
        bodies = [each["schema"] for each in parameters if each["in"] == "body"]
        taken = reference(getattr(view, "takes", None))
        assert bodies == ([taken] if taken else []), view.__name__


def test_documents_what_it_asks_for(operations: list[Operation]) -> None:
    for operation, view in operations:
        asked = getattr(view, "asks", None)
        fields = set(asked.model_fields) if asked else set()
        parameters = operation.get("parameters", [])
        assert {each["name"] for each in parameters if each["in"] == "query"} == fields


def test_documents_the_success_that_it_answers(operations: list[Operation]) -> None:
    for operation, view in operations:
        answers = operation["responses"].items()
        found = {status: each.get("schema") for status, each in answers if status < "300"}
        status, model = getattr(view, "answers", (204, None))
        assert found == {str(status): reference(model)}, view.__name__
