"""Find or install a browser, then run all tests: `make test`.

Arguments are passed to pytest. CHROMIUM is the path of the browser.
"""

import os
import shutil
import subprocess
import sys

import environment

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_browser() -> str | None:
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), shutil.which(MAC)]
    return next(filter(None, found), None)


def install_browser() -> str | None:
    """Install Debian's Chromium if possible; Playwright's own would be another download."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "--yes", "--no-install-recommends", "-qq", "chromium"]
        for command in (["update", "-qq"], install):
            subprocess.run(
                ["apt-get", *command],  # noqa: S607
                env=apt,
                stdout=sys.stderr,
                check=False,
            )
    return find_browser()


def without_browser(arguments: list[str]) -> list[str]:
    """Deselect the browser tests. pytest uses only the last `-m`, so change that one."""
    if "-m" not in arguments:
        return [*arguments, "-m", "not browser"]
    at = arguments.index("-m") + 1
    return [*arguments[:at], f"({arguments[at]}) and not browser", *arguments[at + 1 :]]


def main(arguments: list[str]) -> int:
    # If this is set, every Python process that a test starts compiles all modules again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.make()
    browser = find_browser() or install_browser()
    if browser:
        os.environ["CHROMIUM"] = browser
    elif os.environ.get("CI") == "true":
        sys.exit("Chromium is missing, and the browser tests need it: install it.")
    else:
        arguments = without_browser(arguments)
    # One more than the number of cores: tests of projects wait for servers a third of the time.
    workers = str((os.cpu_count() or 1) + 1)
    pytest = [str(environment.PYTHON), "-m", "pytest", "-n", workers, "--dist", "loadgroup"]
    pytest += arguments
    code = subprocess.run(pytest, cwd=environment.ROOT, check=False).returncode
    if not browser:
        print("\nNOT TESTED: the pages in a browser. Install Chromium or Chrome, or set CHROMIUM.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
