"""Uvicorn, with a process for each core there is: `python -m <package>.serve`, and its options."""

import os
import sys
from math import ceil
from pathlib import Path

import uvicorn
from pydantic import Field

from . import Environment

# The share of the machine that a container gets, as Linux says it: "150000 100000", or "max …".
QUOTA = Path("/sys/fs/cgroup/cpu.max")


class Settings(Environment):
    processes: int | None = Field(default=None, gt=0)


def cores() -> int:
    """More processes than these would only wait for each other."""
    there = os.cpu_count() or 1
    try:
        quota, period = map(int, QUOTA.read_text().split())
    except (OSError, ValueError):
        return there
    return min(there, ceil(quota / period))


if __name__ == "__main__":
    app = f"{__package__}.main:app"
    processes = Settings().processes or cores()
    uvicorn.main([app, f"--workers={processes}", *sys.argv[1:]])
