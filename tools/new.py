"""Makes a project from this checkout and starts it: `make new`.

Asks on a terminal, takes the defaults elsewhere. The environment may name the project's folder
(DEST), a YAML file of answers (ANSWERS), and two answers by themselves (FRAMEWORK, PURPOSE).
"""

import os
import subprocess
import sys
from pathlib import Path

import environment

DEFAULT = environment.ROOT.parent / "my-project"


def main() -> None:
    terminal = sys.stdin.isatty()
    destination = choose_destination(ask=terminal)
    environment.make("copier", "uv")
    copy(destination, ask=terminal)
    start(destination)


def choose_destination(*, ask: bool) -> Path:
    given = os.environ.get("DEST", "")
    if not given and ask:
        given = input(f"Where should the project be written? [{DEFAULT}] ").strip()
    destination = Path(given or DEFAULT).expanduser().resolve()
    if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
        sys.exit(f"{destination} is not empty: name another place, as in `make new DEST=~/mine`.")
    if destination.is_relative_to(environment.ROOT):
        sys.exit(f"{destination} is inside the template: name a place outside of it.")
    return destination


def copy(destination: Path, *, ask: bool) -> None:
    """Copy from the checkout's full path, which `copier update` finds again from anywhere."""
    answers = [] if ask else ["--defaults"]
    if file := os.environ.get("ANSWERS"):
        answers += ["--data-file", str(Path(file).expanduser())]
    for name in ("framework", "purpose"):
        if value := os.environ.get(name.upper()):
            answers += ["--data", f"{name}={value}"]
    # The warnings are about a checkout without releases, or with changes: both are wanted here.
    copier = [str(environment.PYTHON), "-W", "ignore", "-m", "copier", "copy", *answers]
    if subprocess.run([*copier, str(environment.ROOT), str(destination)], check=False).returncode:
        sys.exit("No project was made.")


def start(project: Path) -> None:
    uv = environment.find_uv() or "uv"
    settings = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    # Not a newer Python than the one that was asked for, which uv would have to download.
    sync = [uv, "sync", "--quiet", "--python", sys.executable]
    print(f"Installing {project}", flush=True)
    if subprocess.run(sync, cwd=project, env=settings, check=False).returncode:
        sys.exit(f"The project is in {project}, but what it depends on could not be installed.")
    print(f"Starting it, until Ctrl-C. The next time: cd {project} && {uv} run dev.py", flush=True)
    try:
        code = subprocess.run([uv, "run", "dev.py"], cwd=project, env=settings, check=False)
    except KeyboardInterrupt:
        sys.exit(0)
    sys.exit(code.returncode)


if __name__ == "__main__":
    main()
