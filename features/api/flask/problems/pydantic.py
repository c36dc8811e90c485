"""Errors of the API as problem details (RFC 9457, `application/problem+json`)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response
from flask import json
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import UnprocessableEntity

PROBLEM_JSON = "application/problem+json"
# Python 3.13 renamed these; the documentation must not depend on the Python version.
PHRASES = {status.value: status.phrase for status in HTTPStatus} | {
    413: "Content Too Large",
    422: "Unprocessable Content",
}


class InvalidField(BaseModel):
    """One thing that is wrong with the request."""

    location: list[str | int]
    message: str
    type: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[InvalidField] | None = None
