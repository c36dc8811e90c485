"""A new password for whoever has forgotten the old one, by a link in a mail."""

from flask import Flask
from pydantic import Field

from .. import config
from .views import bp


class Settings(config.Settings):
    reset_link_age: int = Field(default=60 * 60, gt=0)


def init_app(app: Flask) -> None:
    """Add the pages; the page to sign in leads to them."""
    config.settle(app, Settings)
    app.register_blueprint(bp)
