"""A cache in Redis for query results. Writes invalidate it; it may be slow or unavailable."""

from collections.abc import Callable
from typing import Any

from cachelib.serializers import JSONSerializer
from flask import Flask
from flask import current_app
from flask_caching import Cache
from pydantic import Field
from sqlalchemy import Select
from sqlalchemy import Table
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.sql.visitors import iterate

from .. import redis
from .. import settings
from ..database import db
from . import writes
from .store import Store

cache = Cache()


class Settings(settings.Settings):
    cache_seconds: int = Field(default=60, gt=0)
    cache_timeout_seconds: float = Field(default=0.1, gt=0)


class Serializer(JSONSerializer):
    """JSON instead of pickle, with which anybody who can write to Redis could run code."""

    def loads(self, bvalue: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        return None if bvalue is None else super().loads(bvalue, *args, **kwargs)


def init_app(app: Flask) -> None:
    """Use a short timeout, since the database can answer as well."""
    settings.load(app, Settings)
    options = {
        "CACHE_DEFAULT_TIMEOUT": app.config["CACHE_SECONDS"],
        "CACHE_KEY_PREFIX": f"{app.import_name}:",
        "CACHE_REDIS_HOST": redis.connect(app, timeout=app.config["CACHE_TIMEOUT_SECONDS"]),
        "CACHE_SERIALIZER": Serializer,
        "CACHE_TYPE": "RedisCache",
    }
    cache.init_app(app, options)
    app.extensions["store"] = Store(app.extensions["cache"][cache])


def remember(key: str, tables: list[str], load: Callable[[], int]) -> int:
    """Return the cached value, or call `load` and cache its result.

    A commit that has written to one of the tables invalidates the value.
    """
    store: Store = current_app.extensions["store"]
    if writes.pending(db.session):  # the session sees uncommitted rows, which others must not
        return load()
    name = store.name(key, tables)
    found = store.get(name) if name else None
    if name and found is None:
        found = load()
        store.set(name, found)
    return load() if found is None else found


def renew(*tables: str) -> None:
    """Invalidate what comes from these tables: after writes that the session did not see."""
    store: Store = current_app.extensions["store"]
    store.renew(tables)


def count(statement: Select[Any]) -> int:
    """Count the rows that a statement selects, cached: counting reads all rows."""
    rows = select(func.count()).select_from(statement.order_by(None).subquery())
    tables = sorted({part.fullname for part in iterate(rows) if isinstance(part, Table)})
    sql = rows.compile(db.engine)  # the parameters are part of the key: they include the owner
    return remember(f"{sql} {sql.params}", tables, lambda: db.session.scalar(rows) or 0)
