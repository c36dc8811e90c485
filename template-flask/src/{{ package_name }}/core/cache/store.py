"""Cached values under keys that contain the generation of each table.

Invalidation: a writer replaces the generation after the commit and before the response. A reader
reads the generation before it queries the database, so a cached value is never older than its key,
and values of old generations are not read again. `Cache.memoize` has versions too, but a reader
writes its version back, which can undo the invalidation of a writer.
"""

from collections.abc import Iterable
from hashlib import sha256
from secrets import token_hex
from threading import Lock
from threading import Thread
from time import monotonic
from time import sleep

import structlog
from flask_caching.backends.base import BaseCache
from redis.exceptions import RedisError

PAUSE = 1.0  # seconds without requests after an error
FOR_EVER = 0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Store:
    def __init__(self, backend: BaseCache) -> None:
        self._backend = backend
        self._ask_again = 0.0
        self._lock = Lock()
        self._owed: set[str] = set()  # tables whose generation could not be replaced yet

    def name(self, key: str, tables: list[str]) -> str | None:
        """The key for the current generations; None while the cache is unavailable or stale."""
        if self._owed or monotonic() < self._ask_again:
            return None
        names = [f"generation:{table}" for table in tables]
        try:
            found = self._backend.get_many(*names)
            for name, generation in zip(names, found, strict=True):
                if generation is None:
                    self._backend.add(name, token_hex(8), FOR_EVER)
            if None in found:
                found = self._backend.get_many(*names)
        except RedisError as error:
            self._unavailable(error)
            return None
        return None if None in found else sha256(f"{found} {key}".encode()).hexdigest()

    def get(self, name: str) -> int | None:
        try:
            found = self._backend.get(name)
        except RedisError as error:
            self._unavailable(error)
            return None
        return found if isinstance(found, int) else None

    def set(self, name: str, value: int) -> None:
        try:
            self._backend.set(name, value)
        except RedisError as error:
            self._unavailable(error)

    def renew(self, tables: Iterable[str]) -> None:
        """Replace the generations: now, or once Redis is back. Until then the cache is not read."""
        with self._lock:
            is_waiting = bool(self._owed)
            self._owed.update(tables)
            if not is_waiting and not self._renew():
                Thread(target=self._renew_later, daemon=True).start()

    def _renew(self) -> bool:
        fresh = {f"generation:{table}": token_hex(8) for table in self._owed}
        try:
            self._backend.set_many(fresh, FOR_EVER)
        except RedisError as error:
            self._unavailable(error)
            return False
        self._owed.clear()
        return True

    def _renew_later(self) -> None:
        done = False
        while not done:
            sleep(PAUSE / 2)
            with self._lock:
                done = self._renew()

    def _unavailable(self, error: RedisError) -> None:
        log.warning("cache unavailable", error=repr(error))
        self._ask_again = monotonic() + PAUSE
