"""`flask translations update` brings what you made the app say into your catalogues."""

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from flask import current_app
from flask.cli import AppGroup

from .catalogues import HERE
from .catalogues import TRANSLATED
from .catalogues import read
from .messages import messages

cli = AppGroup("translations", help="What the app says, and in which languages.")


@cli.command("update")
def update() -> None:
    """Add what is new, empty and so in English for now; take out what is said no more."""
    said = messages(current_app)
    for language in TRANSLATED:
        known, yours = read(language), read(language, "messages.po")
        catalogue = Catalog(locale=language, header_comment="# Yours.", fuzzy=False)
        for message in sorted(said):
            if message in yours or message not in known:
                catalogue.add(message, yours[message].string if message in yours else "")
        with (HERE / language / "messages.po").open("wb") as file:
            write_po(file, catalogue, width=100)
