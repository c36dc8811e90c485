"""Settings: what `create_app` is given, else the environment, else the feature's default."""

from collections.abc import Mapping
from os import environ
from typing import Any

import click
from flask import Flask
from pydantic import ValidationError
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict


class Settings(BaseSettings):
    """Base of each feature's: `proxy_hops` is `PROXY_HOPS` outside, and in `app.config`."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)


def configure(app: Flask, given: Mapping[str, Any] | None) -> None:
    """Take what `create_app` was given, and remember that it goes first."""
    app.config.from_mapping(given or {})
    app.extensions["given"] = {name.lower(): value for name, value in (given or {}).items()}


def settle(app: Flask, settings: type[Settings]) -> None:
    """Give a feature its settings; one that makes no sense is named in a RuntimeError."""
    try:
        values = settings(**app.extensions["given"]).model_dump()
    except ValidationError as error:
        (name, *_), message = error.errors()[0]["loc"], error.errors()[0]["msg"]
        raise RuntimeError(f"{str(name).upper()}: {message}.") from None
    app.config.update({name.upper(): value for name, value in values.items()})


def demand(app: Flask, what: str) -> None:
    """Refuse to serve without something; debugging, and commands that do not serve, may lack it."""
    if app.debug:
        return
    command = click.get_current_context(silent=True)
    if environ.get("FLASK_RUN_FROM_CLI") != "true" or (command and command.info_name == "run"):
        raise RuntimeError(what)
    app.extensions.setdefault("missing", []).append(what)  # for commands that serve after all
