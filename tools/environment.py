"""Set up .venv from requirements.lock, which has a hash for every package.

`python3 tools/environment.py [PACKAGE ...]` installs only these packages and their dependencies.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    version = ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        f"This needs Python 3.11 or newer, and {sys.executable} is {version}: "
        "name a newer one, as in `make new PYTHON=python3.13`."
    )

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
FOLDER = ROOT / ".venv"
BIN = FOLDER / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / "python"


def make(*packages: str) -> None:
    """Install the packages, or all of requirements.lock, into .venv."""
    if not PYTHON.exists():
        _create()
    uv = find_uv() or _install_uv()
    lock = str(LOCK)
    wanted = ["--constraints", lock, *packages] if packages else ["--requirements", lock]
    run(uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wanted)


def run(*command: str) -> None:
    """Run a command. If it fails, exit with its code: it has printed its error."""
    if code := subprocess.run(command, check=False).returncode:
        sys.exit(code)


def find_uv() -> str | None:
    own = shutil.which("uv", path=str(BIN))
    return own or shutil.which("uv")


def _create() -> None:
    print(f"Setting up {FOLDER}", flush=True)
    try:
        venv.create(FOLDER, with_pip=True, symlinks=sys.platform != "win32")
    except subprocess.CalledProcessError:
        shutil.rmtree(FOLDER, ignore_errors=True)
        sys.exit(
            f"{sys.executable} cannot create virtual environments: install its venv module "
            "(on Debian and Ubuntu: apt-get install python3-venv)."
        )


def _install_uv() -> str:
    """Install uv with pip and the hashes of the lock file; uv then installs the rest."""
    entry = re.search(r"^uv==.*\n(?:    .*\n)*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if not entry:
        sys.exit(f"{LOCK.name} has no entry for uv: run `make lock`.")
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "uv.txt"
        wanted.write_text(entry[0], encoding="utf-8")
        pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        run(*pip, "install", "--require-hashes", "--no-deps", "--requirement", str(wanted))
    return str(BIN / "uv")


if __name__ == "__main__":
    make(*sys.argv[1:])
