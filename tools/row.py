"""Write the project of one tested combination, install it, and check it: `make row`.

`python tools/row.py NAME [PYTHON_VERSION] [TEST]`. Without a name it lists all combinations. The
project and its environment are kept, so the next run takes seconds.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import answers  # noqa: E402
from running import OLDEST  # noqa: E402
from running import find_python  # noqa: E402
from running import machine  # noqa: E402
from running import uv  # noqa: E402

CHECKS = [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]]


def write(name: str, where: Path) -> Path:
    """Write the project anew, but keep what is installed."""
    where.mkdir(parents=True, exist_ok=True)
    where.chmod(0o755)  # PostgreSQL runs as another user where this one is root
    for path in where.iterdir():
        if path.name != ".venv":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return answers.TEMPLATE.render(where, **answers.ROWS[name])


def main(name: str = "", version: str = OLDEST, test: str = "") -> None:
    if name not in answers.ROWS:
        print(*answers.ROWS, sep="\n")
        sys.exit(f"\nThere is no combination {name!r}: these are all." if name else 0)
    python = find_python(version)
    if not python:
        sys.exit(f"There is no Python {version} on this machine.")
    folder = Path(tempfile.gettempdir()) / "signpost-projects"
    project = write(name, folder / f"{name}-{version}")
    print(f"The project is in {project}", flush=True)
    env = machine() | {"UV_PYTHON": python}
    checks = [] if test else CHECKS
    tests = ["pytest", *([test] if test else ["--all"])]
    commands = [["git", "init", "--quiet"], [uv(), "sync"]]
    commands += [[uv(), "run", *command] for command in [*checks, tests]]
    for command in commands:
        if code := subprocess.run(command, cwd=project, env=env, check=False).returncode:
            sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
