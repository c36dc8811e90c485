"""`flask translations update` adds new messages of the app to your catalogues."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po
from flask import current_app
from flask.cli import AppGroup

from .catalogues import HERE
from .catalogues import TRANSLATED
from .catalogues import YOURS
from .catalogues import read
from .messages import messages

cli = AppGroup("translations", help="What the app says, and in which languages.")


@cli.command("update")
def update() -> None:
    """Add new messages with an empty translation; obsolete ones become comments."""
    said = messages(current_app)
    for language in TRANSLATED:
        path = HERE / language / YOURS
        known, yours = read(language), read_yours(path, language)
        new = Catalog()
        for one in said:
            if one.id and (yours.get(one.id, one.context) or not known.get(one.id, one.context)):
                new[one.id] = one
        yours.update(new, no_fuzzy_matching=True, update_creation_date=False)
        replace(path, yours)


def read_yours(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, header_comment="# Yours.", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def replace(path: Path, catalogue: Catalog) -> None:
    """Write the file atomically."""
    written = BytesIO()
    write_po(written, catalogue, width=100)
    whole = path.with_suffix(".new")
    whole.write_bytes(written.getvalue())
    whole.replace(path)
