"""The command `flask openapi print`, which prints the OpenAPI document."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask import current_app
from flask.cli import AppGroup

cli = AppGroup("openapi")


def init_app(app: Flask, document: Callable[[], dict[str, Any]]) -> None:
    """Add the command; `document` makes the document, in a request context."""
    app.extensions["openapi"] = document
    app.cli.add_command(cli)


@cli.command("print")
def print_document() -> None:
    """Print the document."""
    with current_app.test_request_context():
        document = current_app.extensions["openapi"]()
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
