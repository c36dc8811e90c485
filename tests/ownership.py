"""Whose a file of a project is, read from ownership.yml."""

from fnmatch import fnmatch
from pathlib import Path

import yaml

CLASSES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "ownership.yml").read_text()
)
ONCE = "generate-once"
OURS = "template-owned"
THEIRS = "user-only"
IGNORED = "user-only, ignored by git"


def covers(pattern: str, path: Path) -> bool:
    """Match part by part; a pattern that ends with a slash takes all that is below."""
    parts = pattern.rstrip("/").split("/")
    below = pattern.endswith("/") and len(path.parts) > len(parts)
    same = below or len(path.parts) == len(parts)
    return same and all(fnmatch(a, b) for a, b in zip(path.parts, parts, strict=False))


def owners(path: Path) -> list[str]:
    return [name for name, patterns in CLASSES.items() if any(covers(p, path) for p in patterns)]
