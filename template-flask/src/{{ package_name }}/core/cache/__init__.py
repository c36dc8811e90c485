"""What is read often comes from Redis, which may be slow, hung or away, and is never wrong."""

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
    """Never pickle: whoever can write to Redis could run code here."""

    def loads(self, bvalue: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        return None if bvalue is None else super().loads(bvalue, *args, **kwargs)


def init_app(app: Flask) -> None:
    """Ask with little patience, since the database answers as well."""
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
    """Give what is kept under this key, until one of the tables changes; or else load it."""
    store: Store = current_app.extensions["store"]
    if writes.pending(db.session):  # nobody else may see that yet
        return load()
    name = store.name(key, tables)
    found = store.get(name) if name else None
    if name and found is None:
        found = load()
        store.set(name, found)
    return load() if found is None else found


def renew(*tables: str) -> None:
    """Forget what comes from them. For whoever has written unseen, after the commit."""
    store: Store = current_app.extensions["store"]
    store.renew(tables)


def count(statement: Select[Any]) -> int:
    """Count the rows of a search: that reads them all, where a page reads ten."""
    rows = select(func.count()).select_from(statement.order_by(None).subquery())
    tables = sorted({part.fullname for part in iterate(rows) if isinstance(part, Table)})
    sql = rows.compile(db.engine)  # its parameters say whose rows they are, too
    return remember(f"{sql} {sql.params}", tables, lambda: db.session.scalar(rows) or 0)
