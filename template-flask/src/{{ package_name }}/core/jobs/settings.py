"""The settings of workers."""

from flask import Flask
from pydantic import Field

from .. import settings

ATTEMPTS = 5  # before a job is marked as failed


class Settings(settings.Settings):
    jobs_concurrency: int = Field(default=4, gt=0)
    jobs_dead_after: float = Field(default=30, gt=0)
    jobs_retry_seconds: float = Field(default=5, gt=0)
    jobs_stop_seconds: float = Field(default=20, gt=0)


def init_app(app: Flask) -> None:
    """Read the settings."""
    settings.load(app, Settings)
