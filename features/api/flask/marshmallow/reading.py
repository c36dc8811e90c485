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
