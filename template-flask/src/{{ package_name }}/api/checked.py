"""Decorators that validate and convert; a test compares them with the docstrings for Flasgger."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from typing import TypeVar

from pydantic import BaseModel

from ..core.problems import Problem
from .swagger import definitions
from .validation import sent_body
from .validation import sent_query

View = TypeVar("View", bound=Callable[..., Any])

DEFINITIONS: dict[str, Any] = definitions(Problem, "serialization")


def takes(model: type[BaseModel]) -> Callable[[View], Any]:
    """Validate the body, and pass it to the view."""
    DEFINITIONS.update(definitions(model, "validation"))
    return _checking("takes", model, lambda: sent_body(model))


def asks(model: type[BaseModel]) -> Callable[[View], Any]:
    """Validate the query string, and pass it to the view."""
    return _checking("asks", model, lambda: sent_query(model))


def _checking(
    name: str, model: type[BaseModel], check: Callable[[], BaseModel]
) -> Callable[[View], Any]:
    def decorate(view: View) -> Any:  # noqa: ANN401
        @wraps(view)
        def checked(**path: Any) -> Any:  # noqa: ANN401
            return view(check(), **path)

        setattr(checked, name, model)
        return checked

    return decorate


def answers(status: int, model: type[BaseModel]) -> Callable[[View], Any]:
    """Serialize what the view returns: a body, or a body and headers."""
    DEFINITIONS.update(definitions(model, "serialization"))

    def decorate(view: View) -> Any:  # noqa: ANN401
        @wraps(view)
        def converted(*args: Any, **path: Any) -> Any:  # noqa: ANN401
            found = view(*args, **path)
            body, headers = found if isinstance(found, tuple) else (found, {})
            return model.model_validate(body).model_dump(mode="json"), status, headers

        converted.answers = status, model  # type: ignore[attr-defined]
        return converted

    return decorate
