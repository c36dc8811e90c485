"""What every test needs: nothing of the developer's machine, the template, its projects."""

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import cache
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
)
# Projects run tests of their own: as root these would close the folder that ours are in, to the
# user that PostgreSQL runs as, were it theirs too.
_temporary = tempfile.TemporaryDirectory(prefix="t-")
Path(_temporary.name).chmod(0o755)
HERMETIC["TMPDIR"] = _temporary.name
for _name in [name for name in os.environ if name.startswith(("GIT_", "COPIER_"))]:
    del os.environ[_name]
    local.env.pop(_name, "")
os.environ.update(HERMETIC)
local.env.update(HERMETIC)

from answers import ROWS  # noqa: E402
from copying import Template  # noqa: E402
from copying import copy_source  # noqa: E402

Render = Callable[..., Path]


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as it would be released now: what git knows of the working tree."""
    return copy_source(tmp_path_factory.mktemp("template"))


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
def rendered(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write the project of a named row, once; tests must not change it."""
    where = tmp_path_factory.mktemp("rows")
    return cache(lambda name: template.render(where / name, **ROWS[name]))


@pytest.fixture(params=ROWS)
def project(request: pytest.FixtureRequest, rendered: Callable[[str], Path]) -> Path:
    """Each row in turn."""
    return rendered(request.param)


@pytest.fixture(scope="session")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy found out about the libraries; it looks at whether they are the same."""
    return tmp_path_factory.mktemp("types")


# Modules whose tests share what is expensive, each of which goes to one worker whole. Not by
# the groups of xdist, which are lost with pytest 9.2 (issue 1386 of pytest-xdist).
TOGETHER = {
    "test_decision.py": "every set of answers, decided",
    "test_delivery.py": "every row, rendered",
    "test_deploy.py": "every row, rendered",
    "test_hostile.py": "every odd text, rendered",
    "test_render.py": "every row, rendered",
}


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Shares out tests one by one, but for those that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0].rpartition("/")[2]
        return TOGETHER.get(module, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together | None:
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None
