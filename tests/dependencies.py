"""Which distributions a rendered project needs, and which of them it uses."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from faults import nodes
from faults import texts

# Used without an import. The pattern must be found in a file beside pyproject.toml's list.
USED_OTHERWISE = {
    "aiosqlite": (r"sqlite\+aiosqlite", "SQLAlchemy's driver, named in the URL"),
    "flask-debugtoolbar": (r"flask_debugtoolbar", "imported by its name, in debug mode only"),
    "gunicorn": (r"gunicorn", "a command: the production server"),
    "httpx2": (r"TestClient|ASGITransport", "Starlette's TestClient imports it"),
    "mypy": (r"mypy", "a command"),
    "opentelemetry-exporter-otlp-proto-http": (r"OTEL_EXPORTER_OTLP", "FastAPI imports it"),
    "psycopg": (r"postgresql", "SQLAlchemy's driver, named in the URL"),
    "pytest": (r"\bdef test_", "a command"),
    "pytest-cov": (r"--cov", "an option of pytest"),
    "python-multipart": (r"\bForm\(|UploadFile|request\.form\(", "FastAPI imports it for forms"),
    "ruff": (r"ruff", "a command"),
    "simple-websocket": (r"\bSocketIO\(", "Engine.IO imports it for WebSockets in threads"),
    "tzdata": (r"\bzoneinfo\b", "the time zones of machines that bring none"),
    "watchfiles": (r"watchfiles", "a command: it starts a worker anew when the code changes"),
    "uvicorn": (r"\buvicorn\b", "a command: the production server"),
}
# Documented as part of what brings them.
COMES_WITH = {
    "argon2": {"pwdlib"},
    "alembic": {"flask-alembic", "flask-migrate"},
    "cachelib": {"flask-caching"},
    "click": {"flask"},
    "cryptography": {"pyjwt"},
    "hypothesis": {"schemathesis"},
    "injector": {"flask-injector"},
    "itsdangerous": {"flask"},
    "jinja2": {"flask"},
    "limits": {"flask-limiter"},
    "markupsafe": {"flask"},
    "pydantic": {"fastapi"},
    "pydantic_core": {"fastapi", "pydantic"},
    "sqlalchemy": {"flask-sqlalchemy-lite", "flask-sqlalchemy"},
    "starlette": {"fastapi"},
    "typing_extensions": {"pydantic", "fastapi"},
    "werkzeug": {"flask"},
    "wtforms": {"flask-wtf"},
}
IMPORTED_AS = {
    "opentelemetry-sdk": "opentelemetry",
    "pydocket": "docket",
    "scikit-learn": "sklearn",
    "pyjwt": "jwt",
    "python-socketio": "socketio",
}
# Types of what is there anyway.
STUBS = re.compile(r"^types-|-stubs$")


def names(requirements: list[str]) -> set[str]:
    found = [name for line in requirements for name in re.findall(r"^[\w.-]+", line)]
    assert len(found) == len(requirements), requirements
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def module(name: str) -> str:
    return IMPORTED_AS.get(name, name.replace("-", "_"))


def declared(project: Path) -> tuple[set[str], set[str]]:
    """Give the distributions that run the project, and those that develop it."""
    toml = tomllib.loads((project / "pyproject.toml").read_text())
    groups = toml.get("dependency-groups", {}).values()
    return names(toml["project"]["dependencies"]), names(
        [line for group in groups for line in group if isinstance(line, str)]
    )


def imported(project: Path, *, development: bool) -> set[str]:
    """Give the top-level modules that the package, or all the rest, imports."""
    found: set[str] = set()
    for path, text in texts(project):
        runs = path.parts[0] in {"src", "migrations"}
        if path.suffix == ".py" and runs is not development:
            found |= _imports(text)
    return found - set(sys.stdlib_module_names) - own(project)


@cache
def _imports(text: str) -> set[str]:
    found = set()
    for node in nodes(text):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def own(project: Path) -> set[str]:
    here = {path.stem for path in (*project.glob("src/*"), *project.glob("*.py"))}
    return here | {path.stem for path in project.glob("tests/*")} | {"tests"}


def dead(project: Path) -> Iterator[str]:
    """Dependencies that nothing uses."""
    text = "\n".join(
        re.sub(r"(?ms)^(dependencies|dev) = \[.*?^\]", "", text) for _, text in texts(project)
    )
    run, develop = declared(project)
    runs, develops = imported(project, development=False), imported(project, development=True)
    for name in sorted(run | develop):
        used = runs if name in run else runs | develops
        pattern, _ = USED_OTHERWISE.get(name, ("(?!)", ""))
        if module(name) not in used and not STUBS.search(name) and not re.search(pattern, text):
            yield f"pyproject.toml asks for {name}, which nothing uses"


def unsorted(project: Path) -> Iterator[str]:
    """Names out of their order; what is first (ADR 4), and packages of its own, stand before."""
    toml = tomllib.loads((project / "pyproject.toml").read_text())
    own = toml["project"]["name"]
    for listed in (toml["project"]["dependencies"], toml["dependency-groups"]["dev"]):
        rest = [re.split(r"[>=!<]", line)[0] for line in listed[1:] if not line.startswith(own)]
        yield from (f"{b} stands after {a}" for a, b in pairwise(rest) if a.lower() > b.lower())


def undeclared(project: Path) -> Iterator[str]:
    """Imports that work only because something else happens to bring them."""
    run, develop = declared(project)
    for development, there in ((False, run), (True, run | develop)):
        modules = {module(one) for one in there}
        for name in sorted(imported(project, development=development) - modules):
            if not COMES_WITH.get(name, set()) & there:
                yield f"{name} is imported, and pyproject.toml does not ask for it"
