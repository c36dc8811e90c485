"""Settings of workers: concurrency, retries and timeouts."""

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import async_sessionmaker

from ..settings import Environment

Sessions = async_sessionmaker[AsyncSession]

ATTEMPTS = 5  # how often a job is tried before it is marked as failed


class Settings(Environment):
    jobs_concurrency: int = Field(default=10, gt=0)
    jobs_dead_after: float = Field(default=30, gt=0)
    jobs_retry_seconds: float = Field(default=5, gt=0)
    jobs_stop_seconds: float = Field(default=20, gt=0)
