"""Which pages of other origins may call the API from a browser: none but those that are named."""

import re

from flask import Flask
from flask_cors import CORS
from pydantic import Field

from . import config


class Settings(config.Settings):
    cors_origins: str = Field(
        default="",
        pattern=r"^(https?://[a-z0-9.:\[\]-]+( +|$))*$",
        description="Name origins such as https://app.example, with blanks between",
    )


def init_app(app: Flask) -> None:
    """Answer browsers that ask; without named origins, nothing is added to any answer."""
    config.settle(app, Settings)
    if origins := app.config["CORS_ORIGINS"].split():
        CORS(
            app,
            resources=r"/api/.*",
            # As they are: Flask-CORS would take brackets and the like for a regular expression.
            origins=[re.compile(re.escape(origin) + r"\Z") for origin in origins],
            # The session's cookie too, which browsers send within one site only (SameSite).
            supports_credentials=True,
            expose_headers=["Location", "Retry-After", "X-Request-ID"],
            allow_private_network=False,
            always_send=False,
        )
