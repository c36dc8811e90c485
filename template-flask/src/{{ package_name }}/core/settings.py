"""Settings: from the argument of `create_app`, else the environment, else a default."""

from collections.abc import Mapping
from os import environ
from typing import Any

import click
from flask import Flask
from pydantic import ValidationError
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict


class Settings(BaseSettings):
    """Base class of each feature's settings.

    The field `proxy_hops` is read from the environment variable `PROXY_HOPS`, and is
    `app.config["PROXY_HOPS"]`.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)


def configure(app: Flask, overrides: Mapping[str, Any] | None) -> None:
    """Set `app.config` from the argument of `create_app`, which overrides the environment."""
    overrides = overrides or {}
    app.config.from_mapping(overrides)
    app.extensions["overrides"] = {name.lower(): value for name, value in overrides.items()}


def load(app: Flask, settings: type[Settings]) -> None:
    """Read and check a feature's settings, and put them into `app.config`.

    Raises a RuntimeError that names the first setting with an invalid value.
    """
    try:
        values = settings(**app.extensions["overrides"]).model_dump()
    except ValidationError as error:
        (name, *_), message = error.errors()[0]["loc"], error.errors()[0]["msg"]
        raise RuntimeError(f"{str(name).upper()}: {message}.") from None
    app.config.update({name.upper(): value for name, value in values.items()})


def require(app: Flask, message: str) -> None:
    """Raise a RuntimeError with the message, since a setting is missing that production needs.

    Not in debug mode, nor for commands that do not serve requests, such as `flask db upgrade`.
    """
    if app.debug:
        return
    command = click.get_current_context(silent=True)
    if environ.get("FLASK_RUN_FROM_CLI") != "true" or (command and command.info_name == "run"):
        raise RuntimeError(message)
    app.extensions.setdefault("missing", []).append(message)  # `flask worker` checks these
