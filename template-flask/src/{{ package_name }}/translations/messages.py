"""Everything that the app says: what a catalogue has to hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2.ext import extract_from_ast
from werkzeug.exceptions import default_exceptions
from werkzeug.http import HTTP_STATUS_CODES
from wtforms.fields.core import UnboundField

from ..errors import ADVICE
from ..forms import Form

CALLS = {"abort": 2, "flash": 1, "gettext": 1, "ValidationError": 1}  # how far words may stand
ATTRIBUTES = (".description", ".errors")


def messages(app: Flask) -> set[str]:
    """Collect what templates, code, forms, places and errors say."""
    forms = {word for form in all_forms(Form) for word in in_form(form)}
    places = {word for place in list.__iter__(app.extensions["places"]) for word in place[1:3]}
    return {*in_templates(app), *in_code(app), *forms, *places, *in_errors()}


def in_templates(app: Flask) -> Iterator[str]:
    """Read the pages of the package; those that libraries bring have catalogues of their own."""
    for path in Path(app.root_path, str(app.template_folder)).rglob("*.html"):
        for _, _, message in extract_from_ast(app.jinja_env.parse(path.read_text())):
            yield from [message] if isinstance(message, str) else filter(None, message or ())


def in_code(app: Flask) -> Iterator[str]:
    """Read calls such as `flash("…")` and errors that are set; the API speaks to programs."""
    here = Path(app.root_path)
    for path in (path for path in here.rglob("*.py") if here / "api" not in path.parents):
        for node in ast.walk(ast.parse(path.read_text())):
            said: list[ast.expr] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
                said = node.args[: CALLS[ast.unparse(node.func)]]
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith(ATTRIBUTES):
                said = node.value.elts if isinstance(node.value, ast.List) else [node.value]
            constants = (one.value for one in said if isinstance(one, ast.Constant))
            yield from (value for value in constants if isinstance(value, str))


def all_forms(form: type[Form]) -> Iterator[type[Form]]:
    for kind in form.__subclasses__():
        yield from (kind, *all_forms(kind))


def in_form(form: type[Form]) -> Iterator[str]:
    """Read labels, which WTForms makes of names where there is none, hints and messages."""
    for name in dir(form):
        field = getattr(form, name)
        if isinstance(field, UnboundField):
            label = field.args[0] if field.args else field.kwargs.get("label")
            said = [getattr(one, "message", None) for one in field.kwargs.get("validators", ())]
            hint = field.kwargs.get("description")
            yield from filter(None, [label or name.replace("_", " ").title(), hint, *said])


def in_errors() -> Iterator[str]:
    for code, advice in ADVICE.items():
        yield from (advice, HTTP_STATUS_CODES[code], str(default_exceptions[code].description))
