"""Reset a forgotten password by a link in an e-mail."""

from flask import Flask
from pydantic import Field

from ..core import settings
from .views import bp


class Settings(settings.Settings):
    reset_link_age: int = Field(default=60 * 60, gt=0)


def init_app(app: Flask) -> None:
    """Add the pages; the sign-in page links to them."""
    settings.load(app, Settings)
    app.register_blueprint(bp)
