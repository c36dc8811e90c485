"""The home page and the navigation, to which features add their pages."""

from collections.abc import Callable
from collections.abc import Iterator
from typing import NamedTuple

from flask import Blueprint
from flask import Flask
from flask import render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)


class Link(NamedTuple):
    """A link to a page: in the navigation of every page, and on the home page with its hint."""

    endpoint: str
    name: str
    hint: str
    shown: Callable[[], bool]


class Navigation(list[Link]):
    """All links; iterating yields those that the current user may see."""

    def __iter__(self) -> Iterator[Link]:
        return (link for link in super().__iter__() if link.shown())


def init_app(app: Flask) -> None:
    """Add the home page, and pass `navigation` to every template."""
    navigation = Navigation()
    app.extensions["navigation"] = navigation
    app.context_processor(lambda: {"navigation": navigation})
    app.register_blueprint(bp)


def add_to_navigation(
    app: Flask, endpoint: str, name: str, hint: str, shown: Callable[[], bool] = lambda: True
) -> None:
    """Link to a page in the navigation and on the home page, where `shown()` is true."""
    app.extensions["navigation"].append(Link(endpoint, name, hint, shown))


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the home page."""
    return render_template("home.html")
