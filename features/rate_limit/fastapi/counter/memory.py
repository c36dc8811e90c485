"""Counters in the memory of this process: several processes count independently."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any


@dataclass
class Window:
    ends: float
    count: int = 0


class Counter:
    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.windows: dict[str, Window] = {}

    async def add(self, names: Sequence[str], _: dict[str, Any]) -> list[tuple[int, int]]:
        """Increment each counter. Return its count, and the seconds until it is reset."""
        now = time.monotonic()
        self._delete_expired(now)
        return [self._count(name, now) for name in names]

    def _count(self, name: str, now: float) -> tuple[int, int]:
        window = self.windows.setdefault(name, Window(now + self.seconds))
        window.count += 1
        return window.count, ceil(window.ends - now)

    def _delete_expired(self, now: float) -> None:
        """Delete the windows that have ended: all last equally long, so the oldest come first."""
        while self.windows and (first := next(iter(self.windows))):
            if self.windows[first].ends > now:
                return
            del self.windows[first]
