"""What templates are given by the code, in the language of the reader."""

from collections.abc import Iterable
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from typing import cast

from flask import Flask
from flask import get_flashed_messages
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from wtforms import Form

from ..home import Place


class Places:
    """Places, translated when a page comes to them: some pages leave them out."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = places

    def __iter__(self) -> Iterator[Place]:
        for place in self.places:
            yield place._replace(name=gettext(place.name), hint=gettext(place.hint))


def get_places(app: Flask) -> Places:
    return Places(app.extensions["places"])


def get_messages(
    *, with_categories: bool = False, category_filter: Iterable[str] = ()
) -> list[str] | list[tuple[str, str]]:
    """Translate what was flashed; what holds names or numbers is translated where it is made."""
    found = get_flashed_messages(with_categories=True, category_filter=category_filter)
    said = [(kind, gettext(text)) for kind, text in cast("list[tuple[str, str]]", found)]
    return said if with_categories else [message for _, message in said]


def translate(_: Flask, context: dict[str, Any], **__: object) -> None:
    """Translate errors, what one can do about them, and all that a form says."""
    for name, value in list(context.items()):
        if isinstance(value, HTTPException):
            words = {word: gettext(getattr(value, word)) for word in ("name", "description")}
            context[name] = SimpleNamespace(code=value.code, **words)
        elif isinstance(value, Form):
            translate_form(value)
        elif name == "advice" and value:
            context[name] = gettext(value)


def translate_form(form: Form) -> None:
    """Translate labels, hints and the messages of our own; WTForms has catalogues of its own."""
    for field in form:
        field.label.text = gettext(field.label.text)
        field.description = gettext(field.description)
        field.errors = [gettext(error) for error in field.errors]
