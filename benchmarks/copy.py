"""How long a copy takes, beside a template of three files and the same Copier.

    python benchmarks/copy.py [ROUNDS]

Run it with the Python of the development environment, on a machine that does nothing else.
The templates take turns, so that whatever else the machine does hits all. They are git
repositories with one release, copied by the command that users type. The one of static files
shows what Copier itself takes for as many files: it starts git once for each.
`--profile` shows instead where the time of one copy goes.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIER = Path(sys.executable).with_name("copier")
THREE_FILES = {
    "copier.yml": "_subdirectory: template\nname:\n  type: str\n  help: Name?\n  default: Tea\n",
    "template/{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers | to_nice_yaml -}}\n",
    "template/README.md.jinja": "# {{ name }}\n",
    "template/src/tea.py": "",
}


def small(where: Path) -> Path:
    for name, text in THREE_FILES.items():
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_text(text)
    return where


def static(where: Path, files: int = 45) -> Path:
    """As many files as the default project has, with nothing to ask and nothing to render."""
    for number in range(files):
        (where / f"template/src/tea/kind_{number}.py").parent.mkdir(parents=True, exist_ok=True)
        (where / f"template/src/tea/kind_{number}.py").write_text("")
    (where / "copier.yml").write_text("_subdirectory: template\n")
    return where


def ours(where: Path) -> Path:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, where / name)
    return where


def repository(template: Path) -> Path:
    """Make a template a git repository with one release, as it is copied from a host."""
    for command in ("init -q", "add -A", "commit -qm Release", "tag v1.0.0", "gc -q"):
        identity = ["-c", "user.name=Tea", "-c", "user.email=tea@example.com"]
        subprocess.run(["git", *identity, *command.split()], cwd=template, check=True)
    return template


def copy(template: Path, to: Path) -> float:
    """Copy once, and tell how many seconds it took."""
    started = time.perf_counter()
    command = [COPIER, "copy", "--quiet", "--defaults", template, to]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def measure(templates: dict[str, Path], rounds: int, where: Path) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in templates}
    for turn in range(rounds + 1):
        for name, template in templates.items():
            took = copy(template, where / f"{name}-{turn}".replace(" ", "-"))
            if turn:  # the first one warms the disk
                times[name].append(took)
    return times


def table(times: dict[str, list[float]]) -> None:
    base = statistics.median(next(iter(times.values())))
    print(f"{'template':24} {'median':>8} {'fastest':>8} {'slowest':>8} {'ratio':>6}")
    for name, took in times.items():
        middle = statistics.median(took)
        print(f"{name:24} {middle:7.3f}s {min(took):7.3f}s {max(took):7.3f}s {middle / base:6.2f}")


def profile(template: Path, to: Path) -> None:
    """In a process of its own: this file's name hides a standard module from Copier."""
    command = [sys.executable, "-m", "cProfile", "-s", "cumulative", COPIER, "copy", "--quiet"]
    subprocess.run([*command, "--defaults", template, to], cwd=to.parent, check=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("rounds", type=int, nargs="?", default=9)
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        settings = where / "settings.yml"
        settings.write_text("{}\n")
        os.environ["COPIER_SETTINGS_PATH"] = str(settings)
        templates = {
            "three files": repository(small(where / "small")),
            "45 static files": repository(static(where / "static")),
            "this template": repository(ours(where / "ours")),
        }
        if given.profile:
            profile(templates["this template"], where / "project")
        else:
            table(measure(templates, given.rounds, where))


if __name__ == "__main__":
    main()
