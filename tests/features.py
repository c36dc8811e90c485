"""What may not be wrong with a feature's folder, and what all belongs to a feature.

Each guard yields sentences that name the file to edit, as those in layout.py do.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import ownership
from copying import Template
from layout import FEATURES
from layout import MANIFEST
from layout import TREES
from layout import listed

KEYS = {
    "agents",
    "compose",
    "core",
    "dev",
    "dev_requirements",
    "fastapi",
    "files",
    "fixtures",
    "flask",
    "framework",
    "kubernetes",
    "leave_out",
    "middleware",
    "migrations",
    "modules",
    "mypy",
    "once",
    "once_with",
    "openapi",
    "ports",
    "readme",
    "required_settings",
    "requirements",
    "scopes",
    "servers",
    "settings",
    "starter",
    "volumes",
    "wanted",
}
NAMED = re.compile(r"\{\{ *(\w+)(?:\.\w+)? *\}\}")
# What a project has where the tree has a name that Copier fills in.
FILLED = {
    "_copier_conf": ".copier-answers.yml",
    "marked_pages": "templates",
    "plain_pages": "templates",
}


def in_the_project(path: Path) -> Path:
    """Give the path that a file of a tree has in a project, whatever its answers are."""
    parts = [NAMED.sub(lambda name: FILLED.get(name[1], "x"), part) for part in path.parts[1:]]
    return Path(*parts).with_name(parts[-1].removesuffix(".jinja"))


def unordered(root: Path) -> Iterator[str]:
    """Manifests that are put together nowhere, or twice, and names without a manifest."""
    order = Template(root).questions["order"]["default"]
    folders = {path.parts[1] for path in listed(root) if path.name == MANIFEST}
    for name in sorted(folders.difference(order)):
        yield f"features/{name} has no place in `order` of features/assembly.yml"
    for name in sorted(set(order) - folders):
        yield f"features/assembly.yml puts {name} in order: it has no manifest.yml"


def unconditional(root: Path) -> Iterator[str]:
    """Manifests without a condition, which end the interview in an error of Jinja."""
    for path in listed(root):
        if path.name == MANIFEST and not re.search(r"(?m)^wanted: .", (root / path).read_text()):
            yield f"{path} does not say `wanted`: under which condition a project has the feature"


def unasked(root: Path) -> Iterator[str]:
    """Extensions that can be chosen and bring nothing, or that nobody can choose."""
    template = Template(root)
    choices = set(template.questions["extensions"]["choices"].values())
    brought = template.interview(framework="flask").answers["chosen"].keys() - {"limits"}
    for name in sorted(choices ^ brought):
        where = "`choices`" if name in brought else "the names under `chosen`"
        yield f"features/extensions/question.yml: {name} is missing in {where}"


def undocumented(root: Path) -> Iterator[str]:
    """Questions and choices that the tables of README.md do not name."""
    text = (root / "README.md").read_text()
    template = Template(root)
    names = {
        name
        for name, question in template.questions.items()
        if question.get("help") and (root / FEATURES / name / "question.yml").exists()
    }
    for name in sorted(names | set(template.questions["extensions"]["choices"].values())):
        if f"`{name}`" not in text:
            yield f"README.md has no row for `{name}`"


def misspelt_keys(root: Path) -> Iterator[str]:
    for framework in ownership.FRAMEWORKS:
        for name, manifest in ownership.manifests(root, framework).items():
            for key in sorted(manifest.keys() - KEYS):
                yield f"{FEATURES}/{name}/{MANIFEST} has `{key}`, which nothing reads"


def unsaid(root: Path) -> Iterator[str]:
    """What a feature has to say, and be it `[]`: silence may be a mistake."""
    for framework in ownership.FRAMEWORKS:
        for name, manifest in ownership.manifests(root, framework).items():
            for key in ("readme", "agents"):
                if key not in manifest:
                    yield f"{FEATURES}/{name}/{MANIFEST} does not say `{key}` ({framework})"


def unconnected(root: Path) -> Iterator[str]:
    """A feature with settings says what it connects to: in Kubernetes all else is refused."""
    for path in listed(root):
        if path.name == MANIFEST:
            text = (root / path).read_text()
            if re.search(r"(?m)^ *settings:", text) and not re.search(r"(?m)^ *ports:", text):
                yield f"{path} has settings and does not say `ports`: `{{}}` if it connects nowhere"


def ownerless(root: Path) -> Iterator[str]:
    """Files of the trees that belong to no feature, or to two."""
    for path in listed(root):
        if path.parts[0] in TREES:
            framework = path.parts[0].removeprefix("template-")
            found = [name for name, _ in ownership.claims(in_the_project(path), framework, root)]
            if not found:
                yield f"{path}: name it under `files` or `once` in a features/*/{MANIFEST}"
            elif len(found) > 1:
                yield f"{path} is in the manifests of {' and '.join(found)}"


def unmatched(root: Path) -> Iterator[str]:
    """Patterns that name no file of the trees."""
    for framework in ownership.FRAMEWORKS:
        there = [in_the_project(p) for p in listed(root) if p.parts[0] == f"template-{framework}"]
        other = [in_the_project(p) for p in listed(root) if p.parts[0] in TREES]
        for name, manifest in ownership.manifests(root, framework).items():
            theirs = there if manifest.get("framework") else other
            for pattern, _ in ownership.patterns(manifest):
                if not any(ownership.covers(pattern, path) for path in theirs):
                    yield f"{FEATURES}/{name}/{MANIFEST} names {pattern}, which is not there"


GUARDS = [
    unconditional,
    unordered,
    unasked,
    misspelt_keys,
    unsaid,
    unconnected,
    ownerless,
    unmatched,
    undocumented,
]


def belonging(root: Path, name: str) -> list[Path]:
    """List what belongs to a feature: its folder, and its files in the trees."""
    found = [path for path in listed(root) if path.parts[:2] == (FEATURES, name)]
    for path in listed(root):
        if path.parts[0] in TREES:
            framework = path.parts[0].removeprefix("template-")
            claims = ownership.claims(in_the_project(path), framework, root)
            if name in {feature for feature, _ in claims}:
                found.append(path)
    return found
