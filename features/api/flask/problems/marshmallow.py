"""Errors of the API as problem details (RFC 9457, `application/problem+json`)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response
from flask import json
from marshmallow import Schema
from marshmallow import fields
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import UnprocessableEntity

PROBLEM_JSON = "application/problem+json"
# Python 3.13 renamed these; the documentation must not depend on the Python version.
PHRASES = {status.value: status.phrase for status in HTTPStatus} | {
    413: "Content Too Large",
    422: "Unprocessable Content",
}


class InvalidField(Schema):
    """One thing that is wrong with the request."""

    location = fields.List(
        fields.Raw(metadata={"type": ["string", "integer"]}),
        required=True,
    )
    message = fields.String(required=True)
    type = fields.String(required=True)


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type = fields.String(dump_default="about:blank")
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(InvalidField))
