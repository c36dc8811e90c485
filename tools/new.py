"""Create a project from this checkout and start it: `make new`.

In a terminal it asks the questions; otherwise it takes the defaults. Environment variables may set
the folder of the project (DEST), a YAML file with answers (ANSWERS), and two of the answers
(FRAMEWORK, PURPOSE).
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
        sys.exit(f"{destination} is not empty: name another folder, as in `make new DEST=~/mine`.")
    if destination.is_relative_to(environment.ROOT):
        sys.exit(f"{destination} is inside the template: name a folder outside of it.")
    return destination


def copy(destination: Path, *, ask: bool) -> None:
    """Copy the template. Its full path is stored, so `copier update` finds it from any folder."""
    answers = [] if ask else ["--defaults"]
    if file := os.environ.get("ANSWERS"):
        answers += ["--data-file", str(Path(file).expanduser())]
    for name in ("framework", "purpose"):
        if value := os.environ.get(name.upper()):
            answers += ["--data", f"{name}={value}"]
    # Copier warns of a checkout without tags or with uncommitted changes. Both are intended here.
    copier = [str(environment.PYTHON), "-W", "ignore", "-m", "copier", "copy", *answers]
    if subprocess.run([*copier, str(environment.ROOT), str(destination)], check=False).returncode:
        sys.exit("The project was not created.")


def start(project: Path) -> None:
    uv = environment.find_uv() or "uv"
    settings = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    # Use this Python. uv might otherwise download a newer one.
    sync = [uv, "sync", "--quiet", "--python", sys.executable]
    print(f"Installing {project}", flush=True)
    if subprocess.run(sync, cwd=project, env=settings, check=False).returncode:
        sys.exit(f"The project is in {project}, but its dependencies could not be installed.")
    print(f"Starting it; Ctrl-C stops it. Next time: cd {project} && {uv} run dev.py", flush=True)
    try:
        code = subprocess.run([uv, "run", "dev.py"], cwd=project, env=settings, check=False)
    except KeyboardInterrupt:
        sys.exit(0)
    sys.exit(code.returncode)


if __name__ == "__main__":
    main()
