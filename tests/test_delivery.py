"""What leaves a project: its checks in CI, its image, its settings."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from combinations import Projects
from combinations import fail_once
from conftest import Render
from faults import nodes

PINNED = re.compile(r"\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
BOTH = pytest.mark.parametrize("framework", ["fastapi", "flask"])
EACH = pytest.mark.parametrize("database", ["none", "sqlite", "postgresql"])
WORKFLOW = ".github/workflows/ci.yml"
# Read by the tools around a project: dev.py, its tests, and `docker compose`.
AROUND = {"HOST", "PORT", "TEST_DATABASE_URL", "TEST_REDIS_URL", "POSTGRES_PASSWORD"}
AROUND |= {"DOMAIN", "PROXY_NETWORK"}
# What the SDK reads by itself.
AROUND |= {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"}


def test_no_workflow_gives_zizmor_anything_to_say(rendered: Projects, tmp_path: Path) -> None:
    """Each text that comes out of any combination, once; pinned to the commit of a release."""
    folders = rendered.all.values()
    texts = {path.read_text() for project in folders for path in project.glob(".github/*/*")}
    paths = [tmp_path / f"{number}.yml" for number in range(len(texts))]
    for path, text in zip(paths, sorted(texts), strict=True):
        path.write_text(text)
        assert all(PINNED.fullmatch(action) for action in re.findall(r"uses: (.*)", text))
    zizmor = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--pedantic"]
    result = subprocess.run([*zizmor, *paths], capture_output=True, text=True, check=False)
    assert paths
    assert result.returncode == 0, result.stdout + result.stderr


@BOTH
@EACH
def test_both_hosts_run_the_same_commands(framework: str, database: str, render: Render) -> None:
    chosen = {"framework": framework, "database": database, "container": True}
    github = yaml.safe_load((render(**chosen, ci="github") / WORKFLOW).read_text())
    gitlab = yaml.safe_load((render(**chosen, ci="gitlab") / ".gitlab-ci.yml").read_text())
    for job in ("check", "container"):
        steps = [step["run"] for step in github["jobs"][job]["steps"] if "run" in step]
        assert steps == [line for line in gitlab[job]["script"] if not line.startswith("if ")]
    assert (
        github["jobs"]["check"]["strategy"]["matrix"]["python"]
        == (gitlab["check"]["parallel"]["matrix"][0]["PYTHON"])
    )


@BOTH
@EACH
def test_an_image_runs_as_nobody_and_copies_what_there_is(
    framework: str, database: str, render: Render
) -> None:
    project = render(framework=framework, database=database, container=True)
    text = (project / "Dockerfile").read_text()
    assert re.findall(r"(?m)^USER (.*)$", text) == ["10001:10001"]
    for sources in re.findall(r"(?m)^COPY (?!--from)(.*) \S+$", text):
        for source in sources.split():
            assert (project / source).exists() or source == "uv.lock*"


def test_an_image_notices_that_its_server_is_down(render: Render) -> None:
    text = (render(container=True) / "Dockerfile").read_text()
    check = re.search(r"(?m)^HEALTHCHECK .*CMD (\[.*\])$", text)
    assert check
    _, *arguments = json.loads(check[1].replace("8000", "1"))
    result = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    assert result.returncode == 1


@BOTH
def test_compose_asks_for_the_password_and_holds_the_app_tight(
    framework: str, render: Render
) -> None:
    project = render(framework=framework, database="postgresql", container=True)
    services = yaml.safe_load((project / "compose.yaml").read_text())["services"]
    for name in ("app", "migrate"):
        assert "${POSTGRES_PASSWORD:?" in services[name]["environment"]["DATABASE_URL"]
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert services["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert "ports" not in services["db"]


def test_the_example_of_settings_names_what_the_code_reads(rendered: Projects) -> None:
    def faults(project: Path) -> Iterator[str]:
        example = (project / ".env.example").read_text()
        named = set(re.findall(r"(?m)^#? ?([A-Z0-9_]+)=", example))
        read = set(_settings(project))
        for name in sorted(read - named):
            yield f".env.example does not name {name}, which the code reads"
        for name in sorted(named - AROUND - read):
            yield f".env.example names {name}, which nothing reads"

    fail_once(faults, rendered.all)


def _settings(project: Path) -> Iterator[str]:
    """The names of environment variables, as each framework's features declare them."""
    for path in (project / "src").rglob("*.py"):
        yield from _declared(path.read_text())


@cache
def _declared(text: str) -> list[str]:
    found: list[str] = []
    for node in nodes(text):
        match node:
            case ast.ClassDef(name="Settings", body=body):
                prefix = re.search(r'env_prefix="(\w+)"', text)
                fields = [field.target for field in body if isinstance(field, ast.AnnAssign)]
                found += [(prefix[1] if prefix else "") + ast.unparse(field) for field in fields]
            case ast.Call(func=ast.Name(id="settle"), keywords=keywords):
                found += [keyword.arg for keyword in keywords if keyword.arg]
            case ast.AnnAssign(target=ast.Name(id="DEFAULTS"), value=ast.Dict(keys=keys)):
                found += [ast.literal_eval(key) for key in keys if key]
    return [name.upper() for name in found]
