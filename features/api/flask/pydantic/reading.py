class Reading(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "It was a dark and stormy night."}]},
    )

    text: Annotated[str, Field(min_length=1, max_length=100_000, pattern=r"^[^\x00]*$")]


class ReadingTime(BaseModel):
    words: Annotated[int, Field(ge=0)]
    seconds: Annotated[int, Field(ge=0, description="At 200 words a minute, rounded up.")]
