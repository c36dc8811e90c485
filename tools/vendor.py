"""Copy third-party browser files into the templates: `python tools/vendor.py [name ...]`.

Each package comes from npm at a fixed version (`npm pack`). Only the named files are kept, and
VENDORED.md beside them names their origin and license.
"""

import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
FASTAPI = "template-fastapi/src/{{ package_name }}/core/static/vendor"
FLASK = "template-flask/src/{{ package_name }}/static/vendor"


@dataclass(frozen=True)
class Package:
    """A package in the registry, and the files to keep of it."""

    name: str
    version: str
    licence: str
    directory: str
    files: tuple[str, ...]
    licences: tuple[str, ...]
    edits: tuple[tuple[str, str, str], ...] = field(default=())  # (text, instead of it, why)


SWAGGER_UI = Package(
    name="swagger-ui-dist",
    version="5.35.0",
    licence="Apache-2.0",
    directory=FASTAPI,
    files=("swagger-ui-bundle.js", "swagger-ui.css"),
    licences=("NOTICE", "LICENSE", "swagger-ui-bundle.js.LICENSE.txt"),
)
PACKAGES = (
    SWAGGER_UI,
    replace(SWAGGER_UI, directory=f"{FLASK}/swagger-ui"),
    Package(
        name="redoc",
        version="2.5.4",
        licence="MIT",
        directory=FASTAPI,
        files=("bundles/redoc.standalone.js",),
        licences=("LICENSE", "bundles/redoc.standalone.js.LICENSE.txt"),
        edits=(
            (
                "https://cdn.redoc.ly/redoc/logo-mini.svg",
                "data:,",
                "the logo would be fetched from another host",
            ),
        ),
    ),
    Package(
        name="@picocss/pico",
        version="2.1.1",
        licence="MIT",
        directory=FLASK,
        files=("css/pico.min.css",),
        licences=("LICENSE.md",),
    ),
    Package(
        name="htmx.org",
        version="4.0.1",
        licence="0BSD",
        directory=FLASK + "/htmx",
        files=("dist/htmx.min.js",),
        licences=("LICENSE",),
    ),
    Package(
        name="socket.io-client",
        version="4.8.4",
        licence="MIT",
        directory=FLASK + "/socket.io",
        files=("dist/socket.io.min.js",),
        licences=("LICENSE",),
    ),
)


def fetch(package: Package, scratch: Path) -> dict[str, str]:
    """Return the texts of the files to keep, by their paths in the package."""
    wanted = f"{package.name}@{package.version}"
    subprocess.run(["npm", "pack", "--silent", wanted], cwd=scratch, check=True)  # noqa: S607
    (archive,) = scratch.glob("*.tgz")
    with tarfile.open(archive) as tar:
        members = {n: tar.extractfile(f"package/{n}") for n in package.files + package.licences}
        texts = {name: member.read().decode() for name, member in members.items() if member}
    archive.unlink()
    return texts


def edited(package: Package, text: str) -> str:
    """Drop the link to a source map, which is not vendored, and apply the package's edits."""
    lines = text.strip("\n").split("\n")
    if "sourceMappingURL" in lines[-1]:
        lines.pop()
    text = "\n".join(lines) + "\n"
    for old, new, _ in package.edits:
        text = text.replace(old, new)
    return text


def check_edits(package: Package, texts: dict[str, str]) -> None:
    """Exit if a new version no longer contains a text that has to be replaced."""
    for old, _, why in package.edits:
        if not any(old in texts[name] for name in package.files):
            raise SystemExit(f"{package.name} {package.version} has no {old!r}: {why}?")


def entry(package: Package, texts: dict[str, str]) -> str:
    """Return the section of VENDORED.md about a package, with its licenses in full."""
    names = ", ".join(Path(name).name for name in package.files)
    lines = [
        f"## {package.name} {package.version}",
        "",
        f"* Files: {names}",
        f"* Licence: {package.licence}",
        f"* Origin: the npm package `{package.name}`, version {package.version}",
    ]
    lines += [f"* Changed: `{old}` is now `{new}`: {why}." for old, new, why in package.edits]
    for name in package.licences:
        text = "\n".join(line.rstrip() for line in texts[name].strip("\n").splitlines())
        lines += ["", f"### {Path(name).name}", "", "```text", text, "```"]
    return "\n".join(lines) + "\n"


def vendor(directory: str, packages: list[Package]) -> None:
    target = ROOT / directory
    target.mkdir(parents=True, exist_ok=True)
    entries = ["# Files of others, served with this project's pages\n"]
    for package in packages:
        with tempfile.TemporaryDirectory() as scratch:
            texts = fetch(package, Path(scratch))
        check_edits(package, texts)
        for name in package.files:
            text = edited(package, texts[name])
            (target / Path(name).name).write_text(text, encoding="utf-8", newline="\n")
        entries.append(entry(package, texts))
    (target / "VENDORED.md").write_text("\n".join(entries), encoding="utf-8", newline="\n")


def main(names: list[str]) -> None:
    chosen = {p.directory for p in PACKAGES if not names or p.name in names}
    for directory in sorted(chosen):
        vendor(directory, [p for p in PACKAGES if p.directory == directory])


if __name__ == "__main__":
    main(sys.argv[1:])
