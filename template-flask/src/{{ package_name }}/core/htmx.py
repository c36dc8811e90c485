"""htmx: pages change without a reload; without JavaScript they are loaded."""

from flask import Flask

from .assets import add_script


def init_app(app: Flask) -> None:
    """Put it onto every page: what it does is said by attributes in `templates/_macros.html`."""
    add_script(app, "vendor/htmx/htmx.min.js")
    add_script(app, "htmx.js")
