"""Settings: what `create_app` is given, else the environment, else the feature's default."""

from collections.abc import Mapping
from os import environ
from typing import Any

from flask import Flask

WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def configure(app: Flask, given: Mapping[str, Any] | None) -> None:
    """Take what `create_app` was given, and remember that it goes first."""
    app.config.from_mapping(given or {})
    app.extensions["given"] = frozenset(given or ())


def settle(app: Flask, **defaults: str | int) -> None:
    """Give a feature its settings; the type of a default says what the environment may hold."""
    for name, default in defaults.items():
        if name not in app.extensions["given"]:
            text = environ.get(name, "").strip()
            app.config[name] = _read(name, text, default) if text else default


def _read(name: str, text: str, default: str | int) -> str | int:
    try:
        if isinstance(default, bool):
            return WORDS[text.lower()]
        return int(text) if isinstance(default, int) else text
    except (KeyError, ValueError):
        wanted = "true or false" if isinstance(default, bool) else "a whole number"
        raise RuntimeError(f"{name} must be {wanted}, not {text!r}.") from None
