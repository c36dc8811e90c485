"""The documentation: the document, the page that shows it, and the command that prints it."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import Blueprint
from flask import Flask
from flask import current_app
from flask import render_template
from flask.typing import ResponseReturnValue

from ..home import add_to_navigation

bp = Blueprint("docs", __name__, url_prefix="/api/docs", cli_group="openapi")


def init_app(app: Flask, document: Callable[[], dict[str, Any]]) -> None:
    """Add them."""
    app.extensions["openapi"] = document
    app.register_blueprint(bp)
    add_to_navigation(app, "docs.show", "API", "Endpoints in JSON: read about them, try them.")


@bp.get("")
def show() -> ResponseReturnValue:
    """Show what `/api/openapi.json` says."""
    return render_template("docs.html")


@bp.cli.command("print")
def print_document() -> None:
    """Print the document."""
    with current_app.test_request_context():
        document = current_app.extensions["openapi"]()
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
