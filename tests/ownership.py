"""Whose a file of a project is, and which feature it belongs to, read from the manifests."""

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from copying import ROOT
from copying import Template
from copying import files

ONCE = "generate-once"  # written once, the user's from then on
OURS = "template-owned"  # updates reach it: Copier merges them into what users changed
THEIRS = "user-only"
IGNORED = "user-only, ignored by git"

# The template never writes these. Users commit the first ones, and git ignores the others.
OF_USERS = {
    THEIRS: [
        ".editorconfig",
        ".pre-commit-config.yaml",
        ".python-version",
        ".vscode/",
        "CHANGELOG.md",
        "LICENSE",
        "src/*/translations/*/messages.po",
        "uv.lock",
    ],
    IGNORED: [
        ".coverage",
        ".env",
        ".env.production",
        ".mypy_cache/",
        ".pytest_cache/",
        ".ruff_cache/",
        ".venv/",
        "data.sqlite3",
        "model.skops",
    ],
}
FRAMEWORKS = ("fastapi", "flask")


@cache
def manifests(root: Path, framework: str) -> dict[str, dict[str, Any]]:
    """Give what each feature of a framework brings, with the section of the framework put in."""
    whole = Template(root).interview(framework=framework).answers["manifests"]
    return {
        name: _joined(manifest, manifest.get(framework) or {})
        for name, manifest in whole.items()
        if manifest.get("framework", framework) == framework
    }


def _joined(manifest: dict[str, Any], section: dict[str, Any]) -> dict[str, Any]:
    joined = dict(manifest)
    for key, value in section.items():
        both = isinstance(value, list) and isinstance(manifest.get(key), list)
        joined[key] = [*manifest[key], *value] if both else value
    return joined


def patterns(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the files that a feature brings, each with its class."""
    yield from ((pattern, OURS) for pattern in manifest.get("files") or [])
    yield from ((pattern, ONCE) for pattern in manifest.get("once") or [])
    for more in (manifest.get("once_with") or {}).values():
        yield from ((pattern, ONCE) for pattern in more)


def covers(pattern: str, path: Path) -> bool:
    """Match part by part; a folder takes all that is below it."""
    parts = pattern.strip("/").split("/")
    whole = len(path.parts) >= len(parts)
    return whole and all(fnmatch(a, b) for a, b in zip(path.parts, parts, strict=False))


@cache
def claims(path: Path, framework: str, root: Path = ROOT) -> list[tuple[str, str]]:
    """Give the features to which a file belongs, and its class: the longest pattern decides."""
    found = [
        (pattern.strip("/").count("/"), len(pattern), name, owner)
        for name, manifest in manifests(root, framework).items()
        for pattern, owner in patterns(manifest)
        if covers(pattern, path)
    ]
    longest = max((place[:2] for place in found), default=None)
    return sorted({(name, owner) for *place, name, owner in found if tuple(place) == longest})


@cache
def owners(path: Path) -> list[str]:
    """Give the classes of a file, of which each has one."""
    found = {owner for kind in FRAMEWORKS for _, owner in claims(path, kind)}
    theirs = {name for name, those in OF_USERS.items() if any(covers(p, path) for p in those)}
    return sorted(theirs or found)


def faults(project: Path, framework: str) -> Iterator[str]:
    """Files of a project that no manifest names, or more than one."""
    for path in files(project):
        features = [name for name, _ in claims(path, framework)]
        if not features:
            yield f"{path}: no features/*/manifest.yml has it under `files` or `once`"
        elif len(features) > 1:
            yield f"{path}: it is in the manifests of {' and '.join(features)}"
