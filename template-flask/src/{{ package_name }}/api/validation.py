"""Validation by Pydantic models, with errors as problem details."""

from typing import Any
from typing import NoReturn
from typing import TypeVar

from flask import request
from pydantic import BaseModel
from pydantic import ValidationError

from ..core.problems import Invalid

Model = TypeVar("Model", bound=BaseModel)


def sent_body(model: type[Model]) -> Model:
    """Validate the JSON body; bodies.py has checked its content type."""
    return _checked(model, request.get_json(), "body")


def sent_query(model: type[Model]) -> Model:
    """Validate the query string."""
    return _checked(model, request.args.to_dict(), "query")


def _checked(model: type[Model], data: object, place: str) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        _refuse(error, place)


def _refuse(error: ValidationError, place: str) -> NoReturn:
    # Never echo the input: it may be a secret.
    errors: list[dict[str, Any]] = [
        {"location": [place, *each["loc"]], "message": each["msg"], "type": each["type"]}
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    raise Invalid(errors) from None
