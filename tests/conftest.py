"""What every test needs: nothing of the developer's machine, the template, its projects."""

import fcntl
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from plumbum import local
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Every Python that is started, here and in the tests, would compile everything again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
local.env.pop("PYTHONDONTWRITEBYTECODE", "")

# A shell starts what goes to the background with Ctrl-C ignored, and so would be all that is
# started here: the tests that stop a project by it would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Neither the developer's Copier settings nor their git settings may decide a test. Set
# here, not in a fixture, because answers.py asks Copier while tests are collected.
_home = tempfile.TemporaryDirectory(prefix="signpost-")
HERMETIC = {
    "COPIER_SETTINGS_PATH": f"{_home.name}/settings.yml",
    "COPIER_CACHE_DIR": f"{_home.name}/cache",
    "GIT_CONFIG_GLOBAL": f"{_home.name}/gitconfig",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
Path(HERMETIC["COPIER_SETTINGS_PATH"]).write_text("{}\n")
Path(HERMETIC["GIT_CONFIG_GLOBAL"]).write_text(
    "[user]\nname = Test\nemail = test@example.com\n[init]\ndefaultBranch = main\n"
    "[core]\nfsync = none\n[gc]\nauto = 0\n[maintenance]\nauto = false\n"  # thrown away soon
)
# Projects run tests of their own. As root, pytest makes its folder in TMPDIR private, and so would
# shut out the user that PostgreSQL runs as: the projects get a TMPDIR of their own.
_temporary = tempfile.TemporaryDirectory(prefix="t-")
Path(_temporary.name).chmod(0o755)
HERMETIC["TMPDIR"] = _temporary.name
for _name in [name for name in os.environ if name.startswith(("GIT_", "COPIER_"))]:
    del os.environ[_name]
    local.env.pop(_name, "")
os.environ.update(HERMETIC)
local.env.update(HERMETIC)

import remembered  # noqa: E402
from combinations import Projects  # noqa: E402
from combinations import write_once  # noqa: E402
from copying import Template  # noqa: E402
from copying import copy_source  # noqa: E402
from running import Types  # noqa: E402

Render = Callable[..., Path]
RUN = "signpost-run-"  # how the folder of a run is called
KEPT = 2  # folders of earlier runs, so that what failed can be looked at


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give this run a folder of its own, which is locked as long as the run lasts.

    pytest's usual place, `pytest-of-root`, is made private by each run that starts. As root that
    shuts PostgreSQL, which runs as another user, out of the folders of a run under way.
    """
    if hasattr(config, "workerinput") or config.option.basetemp:
        return
    temporary = Path(_temporary.name).parent
    _delete_old_runs(temporary)
    remembered.of_the_host().forget_old()
    run = Path(tempfile.mkdtemp(prefix=RUN, dir=temporary))
    run.chmod(0o755)
    lock = (run / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    config.add_cleanup(lock.close)
    config.option.basetemp = run / "tests"


def _delete_old_runs(folder: Path) -> None:
    """Delete all but the latest, and none that another process still works in."""
    mine = [path for path in folder.glob(f"{RUN}*") if path.stat().st_uid == os.getuid()]
    for run in sorted(mine, key=lambda path: path.stat().st_mtime)[:-KEPT]:
        with suppress(OSError), (run / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(run, ignore_errors=True)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def source(shared: Path) -> Path:
    """The template as it would be released now: what git knows of the working tree."""
    return write_once(shared / "source/template", copy_source)


@pytest.fixture(scope="session")
def template(source: Path) -> Template:
    return Template(source)


@pytest.fixture
def render(template: Template, tmp_path: Path) -> Render:
    """Write a project for some answers; the others have their defaults.

    All projects have the same folder name, which is the default of their name.
    """
    numbers = iter(range(10_000))

    def render(**answers: object) -> Path:
        return template.render(tmp_path / f"{next(numbers)}/project", **answers)

    return render


@pytest.fixture(scope="session")
def rendered(template: Template, shared: Path) -> Projects:
    """Give the project of a named combination; tests must not change it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return Projects(template, shared / "combinations", first=int(worker[2:]) % 2)


@pytest.fixture(scope="session")
def types(shared: Path) -> Types:
    """Give mypy's cache, which a host may keep between runs."""
    kept = remembered.of_the_host().folder
    return Types((kept if kept.is_dir() else shared) / "types")


# Tests that share what is expensive: each group goes to one worker whole. Not by the groups of
# xdist, which are lost with pytest 9.2 (issue 1386 of pytest-xdist).
TOGETHER = {
    "test_browser.py": r"\b(nothing|everything)\b",  # a site that is served
    "test_dev.py": "",  # an installed project
    "test_decision.py": "",  # every set of answers, decided
    "test_hostile.py": r"[-\[](fastapi|flask)\]$",  # every odd text, rendered for a framework
    "test_serving.py": r"\[.*",  # a project that is served
}


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Shares out tests one by one, but for those that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0].rpartition("/")[2]
        found = re.search(TOGETHER.get(module, "(?!)"), nodeid)
        return f"{module} {found[0]}" if found else nodeid


# The longest first, so that no core waits for them at the end.
LONGEST = ["project", "browser", "update", "planted"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: [item.get_closest_marker(mark) is None for mark in LONGEST])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together | None:
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None
