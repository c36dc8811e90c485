"""Counts in the memory of this process: of several processes, each counts for itself."""

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
        """Count one for each name: how many it has now, and in how many seconds it has none."""
        now = time.monotonic()
        self._forget(now)
        return [self._count(name, now) for name in names]

    def _count(self, name: str, now: float) -> tuple[int, int]:
        window = self.windows.setdefault(name, Window(now + self.seconds))
        window.count += 1
        return window.count, ceil(window.ends - now)

    def _forget(self, now: float) -> None:
        """Drop the windows that have ended: they stand first, since all last as long."""
        while self.windows and (first := next(iter(self.windows))):
            if self.windows[first].ends > now:
                return
            del self.windows[first]
