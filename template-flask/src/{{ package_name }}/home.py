"""The home page and the navigation: features say where their pages are."""

from typing import NamedTuple

from flask import Blueprint
from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)


class Place(NamedTuple):
    """A page worth finding."""

    endpoint: str
    name: str
    hint: str


def init_app(app: Flask) -> None:
    """Let every template know the places."""
    places: list[Place] = []
    app.extensions["places"] = places
    app.context_processor(lambda: {"places": places})
    app.register_blueprint(bp)


def add_place(app: Flask, endpoint: str, name: str, hint: str) -> None:
    """Put a page into the navigation and on the home page."""
    app.extensions["places"].append(Place(endpoint, name, hint))


@bp.get("/")
def show() -> ResponseReturnValue:
    """Say where things are."""
    return render_template("home.html")
