"""The reading time of a text: the worked example of an endpoint without a database."""

from math import ceil
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field

from .core.problems import problems

WORDS_A_MINUTE = 200

router = APIRouter(tags=["reading time"])


class Reading(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "It was a dark and stormy night."}]},
    )

    text: Annotated[str, Field(min_length=1, max_length=100_000)]


class ReadingTime(BaseModel):
    words: Annotated[int, Field(ge=0)]
    seconds: Annotated[int, Field(ge=0, description="At 200 words a minute, rounded up.")]


@router.post("/reading-time", responses=problems(400, 413, 422))
async def estimate_reading_time(reading: Reading) -> ReadingTime:
    """Count the words of a text, and estimate how long it takes to read them."""
    words = len(reading.text.split())
    return ReadingTime(words=words, seconds=ceil(words * 60 / WORDS_A_MINUTE))
