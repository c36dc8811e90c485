"""How long it takes to read a text: the worked example of an endpoint that keeps nothing."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema
from marshmallow import fields
from marshmallow.validate import Length
from marshmallow.validate import Range

from ..reading_time import Estimate
from ..reading_time import estimate
from .blueprint import Blueprint
from .fields import TEXT

bp = Blueprint("reading-time-api", __name__, url_prefix="/api/reading-time")


class Reading(Schema):
    text = fields.String(
        required=True,
        validate=[Length(1, 100_000), TEXT],
        metadata={"examples": ["It was a dark and stormy night."]},
    )


class ReadingTime(Schema):
    words = fields.Integer(required=True, validate=Range(0))
    seconds = fields.Integer(
        required=True,
        validate=Range(0),
        metadata={"description": "At 200 words a minute, rounded up."},
    )


@bp.route("")
class ReadingTimes(MethodView):
    """An estimate."""

    @bp.arguments(Reading)
    @bp.response(200, ReadingTime)
    @bp.problems(400, 413, 415, 422)
    def post(self, reading: dict[str, Any]) -> Estimate:
        """Count the words of a text, and estimate how long it takes to read them."""
        return estimate(reading["text"])
