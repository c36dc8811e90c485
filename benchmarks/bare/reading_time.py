"""An endpoint that keeps nothing, as bare as FastAPI allows."""

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic import Field

app = FastAPI()


class Reading(BaseModel):
    text: str = Field(min_length=1, max_length=100_000)


class ReadingTime(BaseModel):
    words: int
    seconds: int


@app.post("/reading-time")
async def estimate_reading_time(reading: Reading) -> ReadingTime:
    words = len(reading.text.split())
    return ReadingTime(words=words, seconds=-(-words * 60 // 200))


@app.get("/livez")
async def live() -> dict[str, str]:
    return {"status": "ok"}
