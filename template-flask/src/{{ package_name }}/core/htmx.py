"""htmx: search and pagination without a page load; without JavaScript pages load as usual."""

from flask import Flask

from .assets import add_script


def init_app(app: Flask) -> None:
    """Add the scripts to every page; the attributes are in `templates/_macros.html`."""
    add_script(app, "vendor/htmx/htmx.min.js")
    add_script(app, "htmx.js")
