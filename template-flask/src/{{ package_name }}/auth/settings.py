"""The settings of accounts."""

from typing import Annotated

from flask import Flask
from pydantic import AfterValidator
from pydantic import Field

from ..core import settings


def is_power_of_two(number: int) -> int:
    if number & (number - 1):
        raise ValueError("Input should be a power of two")
    return number


class Settings(settings.Settings):
    permanent_session_lifetime: int = Field(default=30 * 24 * 60 * 60, gt=0)
    registration: bool = True
    scrypt_memory_kib: Annotated[int, AfterValidator(is_power_of_two)] = Field(32 * 1024, ge=128)


def init_app(app: Flask) -> None:
    """Read the settings."""
    settings.load(app, Settings)
