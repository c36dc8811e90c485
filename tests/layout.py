"""What may not be broken in the template itself, as functions over its folder.

Copier warns about none of it. Each yields sentences, as in faults.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from pathlib import PurePath

from copying import Template
from faults import MACHINE_PATHS
from faults import REGISTRIES
from faults import VENDORED

TREES = ("template-fastapi", "template-flask")
SHARED = "template-shared"
FEATURES = "features"
# What Copier reads of a feature: what is asked, the names that follow from it, what it brings.
MANIFEST = "manifest.yml"
READ = {"question.yml", "names.yml", MANIFEST}
OF_A_FEATURE = 3  # features/<feature>/<file>
FRAGMENT = re.compile(r"(?<![/\w*.-])[\w*][\w*/-]*\.(?:md|env|json|py|toml|yaml)(?:\.jinja|\*)?")
PAGES = {"templates", "{{ marked_pages }}", "{{ plain_pages }}"}
# The files that assemble features: they may hold up to twelve choices, any other file three.
SEAMS = {
    ".env.example",
    "AGENTS.md",
    "Dockerfile",
    "README.md",
    "__init__.py",
    "ci.yml",
    "compose.yaml",
    "conftest.py",
    "deployment.yaml",
    "dev.py",
    "env.py",
    "errors.py",  # a problem under /api/, a page elsewhere
    "github.yml",
    "gitlab.yml",
    "known.md",  # how this project's framework was chosen: without the questions
    "kustomization.yaml",
    "main.py",
    "network.yaml",
    "on_commit.py",
    "openapi.json",
    "pagination.py",
    "record.md",  # the reasons for this project's framework
    "router.py",
    "scopes.py",
    "pyproject.toml",
    "weighed.md",  # ... or by the evidence
}
CHOICE = re.compile(r"\{%-?\s*(?:if|for)\b|\{\{[^}]*\bif\b[^}]*\}\}")
RAW = re.compile(r"(?ms)^\{% raw -?%\}\n.*?^\{% endraw %\}$")
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")
WINDOWS = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE
)
NEEDS_TRUST = {"_tasks", "_jinja_extensions", "_extensions"}


def listed(root: Path) -> list[Path]:
    """Every file of the template, by its path in it."""
    return sorted(
        path.relative_to(root)
        for path in root.rglob("*")
        if (path.is_file() or path.is_symlink()) and ".git" not in path.relative_to(root).parts
    )


def rendered(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield what Copier renders into projects, but for the lines that it leaves as they are."""
    for path in listed(root):
        tree = path.parts[0] in TREES and path.suffix == ".jinja"
        if tree or path.parts[0] == SHARED or is_fragment(path):
            yield path, RAW.sub("{{ raw }}", (root / path).read_text())


def is_fragment(path: Path) -> bool:
    """Tell what a feature puts into files of projects from what Copier reads for it."""
    read = path.name in READ or (path.parts[1:2] == ("interview",) and path.suffix == ".yml")
    return path.parts[0] == FEATURES and len(path.parts) >= OF_A_FEATURE and not read


def plain(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield what reaches projects as it stands."""
    for path in listed(root):
        content = (root / path).read_bytes()
        inside = path.parts[0] in (*TREES, SHARED) and path.suffix != ".jinja"
        if inside and VENDORED not in path.parts and b"\0" not in content:
            yield path, content.decode()


def choices_outside_seams(root: Path, most: int = 3) -> Iterator[str]:
    for path, text in rendered(root):
        found = len(CHOICE.findall(text))
        if path.name.removesuffix(".jinja") not in SEAMS and found > most:
            yield f"{path} has {found} choices: at most {most}, as it assembles no features"


def overgrown_seams(root: Path, lines: int = 60, most: int = 12) -> Iterator[str]:
    for path, text in rendered(root):
        if path.name.removesuffix(".jinja") not in SEAMS:
            continue
        if (found := len(CHOICE.findall(text))) > most:
            yield f"{path} has {found} choices: at most {most}"
        # Imports are a list, one to a line.
        length = len(
            [line for line in text.splitlines() if not line.startswith(("from ", "import "))]
        )
        if found and length > lines:
            yield f"{path} has {length} lines"


def crowded_tags(root: Path) -> Iterator[str]:
    """A line that ends in a tag loses its newline; a dash eats more than one can see."""
    for path, text in rendered(root):
        for number, line in enumerate(text.splitlines(), 1):
            bare = TAG.sub("", line)
            raw = re.fullmatch(r".*\{%-?\s*raw\b.*endraw\s*%\}.*\S", line) and "%}" not in line[-2:]
            if "{%" in line and bare.strip() and not raw:
                yield f"{path}:{number} has text beside a tag"
            if re.search(r"\{%-(?!\s*raw)|(?<!raw )-%\}", line):
                yield f"{path}:{number} strips blanks with a dash"


def needless_suffixes(root: Path) -> Iterator[str]:
    for path, text in rendered(root):
        if path.suffix == ".jinja" and not re.search(r"\{[{%]", text):
            yield f"{path} renders nothing: drop the suffix"


def jinja_in_plain_files(root: Path) -> Iterator[str]:
    """Pages are Jinja for the running application, so they are left out."""
    for path, text in plain(root):
        if not PAGES & set(path.parts) and (
            found := re.search(r"\{%.*?%\}|(?<!\$)\{\{ .*?\}\}", text)
        ):
            yield f"{path} holds Jinja: {found[0]}"


def hidden_files(root: Path) -> Iterator[str]:
    """Copier drops template-x/tests/a.py, silently, when the root has tests/a.py.jinja."""
    paths = listed(root)
    for path in paths:
        if path.parts[0] not in (*TREES, SHARED, FEATURES) and path.suffix == ".jinja":
            for tree in TREES:
                if tree / path.with_suffix("") in paths:
                    yield f"{path} hides {tree / path.with_suffix('')}"


def trust(root: Path) -> Iterator[str]:
    """One release with tasks would make every update from it need --trust, for good."""
    config = Template(root).config
    yield from (f"copier.yml has {name}" for name in sorted(NEEDS_TRUST & config.keys()))
    for migration in config.get("_migrations", []):
        if not isinstance(migration, dict) or "version" not in migration:
            yield f"a migration has no version: {migration}"
    for path in (Path("copier.yml"), *(p for p in listed(root) if p.parts[0] == "features")):
        for found in re.findall(r"(?m)^(_tasks|_jinja_extensions)\b", (root / path).read_text()):
            yield f"{path} has {found}"


def links(root: Path) -> Iterator[str]:
    """On Windows they become files that hold a path."""
    yield from (f"{path} is a link" for path in listed(root) if (root / path).is_symlink())


def names(root: Path) -> Iterator[str]:
    """Names that some checkout cannot hold, or that choose whether the file is there."""
    paths = listed(root)
    for path in paths:
        if "{%" in str(path):
            yield f"{path} chooses by its name: use _exclude"
        for part in path.parts:
            if WINDOWS.search(re.sub(r"\{\{.*?\}\}", "x", part)):
                yield f"{path} cannot be checked out on Windows"
    lower = Counter(str(path).lower() for path in paths)
    yield from (f"{name} differs only in case" for name, count in lower.items() if count > 1)


def questions(root: Path) -> Iterator[str]:
    """A question without a default breaks every `copier update --defaults`."""
    for name, question in Template(root).questions.items():
        hidden = question.get("when") is False or question.get("ask") is False
        if "default" not in question:
            yield f"{name} has no default"
        if not hidden and not question.get("help"):
            yield f"{name} does not say what it asks"
        free = question.get("type") == "str" and "choices" not in question
        if free and not hidden and "validator" not in question:
            yield f"{name} takes any text: it needs a validator"
        if question.get("secret"):
            yield f"{name} is secret: it would conflict in every update"


def includes(root: Path) -> Iterator[str]:
    """By name, so that the order of the interview can be read and does not depend on a disk."""
    found = re.findall(r"(?m)^!include\s+(\S+)", (root / "copier.yml").read_text())
    for name in found:
        if not (root / name).is_file():
            yield f"copier.yml includes {name}, which is no file"
    for path in listed(root):
        read = path.parts[0] == FEATURES and path.suffix == ".yml" and not is_fragment(path)
        if read and path.name != MANIFEST and path.as_posix() not in found:
            yield f"copier.yml does not include {path}"


TAKEN_IN = re.compile(r"\{%-?\s*(?:include|extends|from|import)\s+(.*?)%\}")
# "a/" ~ answer ~ ".jinja"
PATTERN = re.compile(r"""(["'].*?["'](?:\s*~\s*\w+\s*(?:~\s*["'].*?["'])?)*)""")


def included(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the patterns by which files take in others: an expression stands for anything."""
    for path in listed(root):
        if path.name == MANIFEST:
            yield from ((path, f"{path.parent}/{part}") for part in fragments(root / path))
        elif path.suffix in {".jinja", ".yml"} and path.parts[0] != "tests":
            text = (root / path).read_text()
            for found in filter(None, map(PATTERN.match, TAKEN_IN.findall(text))):
                yield path, re.sub(r"[\"']", "", re.sub(r"\s*~\s*\w+\s*~?\s*", "*", found[1]))


def fragments(manifest: Path) -> Iterator[str]:
    """Yield what a manifest puts into README.md and the like, an answer standing for anything."""
    for line in manifest.read_text().splitlines():
        said = re.sub(r"\{\{.*?\}\}", "*", line).partition("#")[0]
        yield from FRAGMENT.findall(said)


def matches(path: str, pattern: str) -> bool:
    """Compare folder by folder: an answer is the name of one, or a part of it."""
    parts, wanted = path.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch, parts, wanted))


def unused_parts(root: Path) -> Iterator[str]:
    """Files that nothing takes in, and files that are taken in and are not there."""
    paths = [path.as_posix() for path in listed(root)]
    patterns = list(included(root))
    for path in paths:
        used = any(matches(path, pattern) for _, pattern in patterns)
        part = PurePath(path).parts[0] in {SHARED, "hooks"} or is_fragment(Path(path))
        if part and not used:
            yield f"{path} is used nowhere"
    for user, pattern in patterns:
        if not any(matches(name, pattern) for name in paths):
            yield f"{user} includes {pattern}, which is not there"


def places(root: Path) -> Iterator[str]:
    """Whoever clones the repository has another disk, and perhaps another registry."""
    for path in listed(root):
        content = (root / path).read_bytes()
        if VENDORED in path.parts or b"\0" in content or path.suffix == ".svg":
            continue
        for number, line in enumerate(content.decode().splitlines(), 1):
            for kind in (REGISTRIES, MACHINE_PATHS):
                if path.parts[0] != "tests" and (found := kind.search(line)):
                    yield f"{path}:{number} names {found[0]!r}"
