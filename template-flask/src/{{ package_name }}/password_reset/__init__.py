"""A new password for whoever has forgotten the old one, by a link in a mail."""

from flask import Flask
from pydantic import Field

from ..core import settings
from .views import bp


class Settings(settings.Settings):
    reset_link_age: int = Field(default=60 * 60, gt=0)


def init_app(app: Flask) -> None:
    """Add the pages; the page to sign in leads to them."""
    settings.load(app, Settings)
    app.register_blueprint(bp)
