"""The home page and the navigation: features say where their pages are."""

from collections.abc import Callable
from collections.abc import Iterator
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
    shown: Callable[[], bool]


class Places(list[Place]):
    """All places, of which a page shows those that are for its visitor."""

    def __iter__(self) -> Iterator[Place]:
        return (place for place in super().__iter__() if place.shown())


def init_app(app: Flask) -> None:
    """Let every template know the places."""
    places = Places()
    app.extensions["places"] = places
    app.context_processor(lambda: {"places": places})
    app.register_blueprint(bp)


def add_place(
    app: Flask, endpoint: str, name: str, hint: str, shown: Callable[[], bool] = lambda: True
) -> None:
    """Put a page into the navigation and on the home page, for whoever is shown it."""
    app.extensions["places"].append(Place(endpoint, name, hint, shown))


@bp.get("/")
def show() -> ResponseReturnValue:
    """Say where things are."""
    return render_template("home.html")
