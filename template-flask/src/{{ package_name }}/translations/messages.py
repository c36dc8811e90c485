"""Extracts all messages of the app, which a catalogue has to translate."""

from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract_from_dir
from flask import Flask
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import default_exceptions
from werkzeug.http import HTTP_STATUS_CODES
from wtforms import Form
from wtforms.fields.core import UnboundField

from ..core.errors import ADVICE

# Not the API, whose texts are for programs. Templates are parsed with the app's own extensions.
METHODS = [("api/**", "ignore"), ("**/templates/**", "jinja2"), ("**.py", "python")]
JINJA = {"newstyle_gettext": "true", "silent": "false"}
# Texts that a page shows with the filter `translated` have no mark in the code.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "abort": (2,),
    "flash": None,
    "ValidationError": None,
}


def messages(app: Flask) -> Catalog:
    """Collect marked messages, and the texts of forms, the navigation and errors."""
    said = Catalog()
    options = {"**/templates/**": {**JINJA, "extensions": ",".join(app.jinja_env.extensions)}}
    found = extract_from_dir(app.root_path, METHODS, options, KEYWORDS, ["NOTE:"])
    for file, line, message, notes, context in found:
        said.add(message, locations=[(file, line)], auto_comments=notes, context=context)
    for word in (*in_forms(app, Form), *in_navigation(app), *in_errors()):
        said.add(word)
    return said


def in_forms(app: Flask, base: type[Form]) -> Iterator[str]:
    """The texts of the forms of this package; libraries have catalogues of their own."""
    for form in base.__subclasses__():
        yield from in_forms(app, form)
        if form.__module__.startswith(f"{app.import_name}."):
            for name in dir(form):
                yield from in_field(name, getattr(form, name))


def in_field(name: str, field: object) -> Iterator[str]:
    """Label (by default made from the name), description and messages of a field."""
    if not isinstance(field, UnboundField):
        return
    given = [one for one in field.args if not isinstance(one, type | UnboundField)]
    said = dict(zip(("label", "validators"), given, strict=False)) | field.kwargs
    checks = [getattr(one, "message", None) for one in said.get("validators") or ()]
    label = said.get("label") or name.replace("_", " ").title()
    for word in (label, said.get("description"), *checks):
        if isinstance(word, str | LazyString):
            yield str(word)


def in_navigation(app: Flask) -> Iterator[str]:
    for link in list.__iter__(app.extensions["navigation"]):
        yield from (link.name, link.hint)


def in_errors() -> Iterator[str]:
    for code, advice in ADVICE.items():
        yield from (advice, HTTP_STATUS_CODES[code], str(default_exceptions[code].description))
