"""Old and new values of a row by column, as JSON and without secrets.

Nor is there what a row holds too much of to be read with it: `mapped_column(deferred=True)`.
"""

from sqlalchemy import Column
from sqlalchemy import inspect

from ..auth.admins import is_secret
from ..core.database import Base
from .models import Json

Values = dict[str, list[Json]]

HIDDEN = "•••"
LONGEST = 10_000


def after(instance: Base) -> Values:
    """The values of a created row."""
    held = inspect(instance).dict
    return {
        name: [None, value]
        for key, name, secret in _columns(instance)
        if (value := _plain(held.get(key), secret=secret)) is not None
    }


def before(instance: Base) -> Values:
    """The values of a row that will be deleted."""
    return {
        name: [value, None]
        for key, name, secret in _columns(instance)
        if (value := _plain(getattr(instance, key), secret=secret)) is not None
    }


def both(instance: Base) -> Values:
    """The old and new values of the columns that have changed."""
    values: Values = {}
    attributes = inspect(instance).attrs
    for key, name, secret in _columns(instance):
        history = attributes[key].history
        if history.has_changes():
            old, new = (next(iter(side or ()), None) for side in (history.deleted, history.added))
            values[name] = [_plain(old, secret=secret), _plain(new, secret=secret)]
    return values


def _columns(instance: Base) -> list[tuple[str, str, bool]]:
    """All columns of a row, including those of joined tables."""
    return [
        (attribute.key, column.name, is_secret(column))
        for attribute in inspect(type(instance)).column_attrs
        for column in attribute.columns[:1]
        if isinstance(column, Column) and not attribute.deferred
    ]


def _plain(value: object, *, secret: bool) -> Json:
    if secret and value is not None:
        return HIDDEN
    if value is None or isinstance(value, bool | float | int):
        return value
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value)[:LONGEST]
