"""Every project installs, is clean, passes its own tests, and serves what it promises.

Every answer about a part is in one of the combinations, also on the older Python; those that come
to the same program as one before are left out, and so are slow tests that an earlier project has
too. NIGHTLY=1 takes each part alone and every pair of parts, on both Pythons, with every slow test,
and lets the fuzzers look further; PROJECT_PYTHON names the older one, SHOW_TIMES=1 tells how long
each step takes. What a host has proven before is not proven again (remembered.py).
"""

import hashlib
import html
import json
import os
import re
import secrets
from collections.abc import Callable
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import answers
import pytest
import remembered
from answers import ROWS
from combinations import Projects
from copying import files
from faults import ANSWERS
from running import OLDEST
from running import Answer
from running import Project
from running import Server
from running import Types
from running import find_python
from running import oldest_python
from running import started
from slow import slow_tests

pytestmark = pytest.mark.project

NEWER = "3.13"
WHOLE = [name for name in answers.EXTREMES if name.endswith(("-nothing", "-everything"))]
PROOFS = remembered.of_the_host()
NIGHTLY = bool(os.environ.get("NIGHTLY"))
RUN = [*answers.ALONE, *answers.PROGRAMS] if NIGHTLY else answers.SAMPLE
ONE_PYTHON = [*RUN, *answers.PURPOSES]
# The longest first, so that no core waits for them at the end.
CASES = [
    (name, python)
    for name in reversed(WHOLE)
    for python in (OLDEST, NEWER)
    if NIGHTLY or python == NEWER or name.endswith("-nothing")
]
CASES += [(name, python) for python in (OLDEST, NEWER)[: 1 + NIGHTLY] for name in ONE_PYTHON]
EXAMPLES = "100" if NIGHTLY else "20"  # that a fuzzer sends to each operation
FORM = "application/x-www-form-urlencoded"
SECRET = "never-in-a-log-" + secrets.token_hex(16)


# What no command of a project reads: prose, Copier's notes, and what runs elsewhere.
ELSEWHERE = re.compile(
    r".*\.md|\.github/.*|\.gitlab-ci\.yml|\.dockerignore|" + re.escape(str(ANSWERS))
)
PROSE = (rb"(?m)^description = .*\n", rb"(?m)^ *# .*\n")  # elsewhere, and in Python


@pytest.fixture(scope="session")
def signature(rendered: Callable[[str], Path]) -> Callable[[str], str]:
    """Hash what runs in a project, which descriptions and comments do not."""

    @cache
    def signature(name: str) -> str:
        program = {
            path.as_posix(): re.sub(PROSE[path.suffix == ".py"], b"", content)
            for path, content in files(rendered(name)).items()
            if not ELSEWHERE.fullmatch(path.as_posix())
        }
        return hashlib.sha256(repr(sorted(program.items())).encode()).hexdigest()

    return signature


@pytest.mark.parametrize("name", [n for n in answers.CHOICES if n not in answers.PARTS])
def test_what_is_not_a_part_changes_no_program(name: str, signature: Callable[[str], str]) -> None:
    alone = [row for row in answers.EXTREMES if f"-only-{name}-" in row]
    assert alone or name in answers.ROOTS
    for row in alone:
        assert signature(row) == signature(f"{row.partition('-')[0]}-nothing")


@pytest.mark.parametrize(("name", "python"), CASES, ids=lambda value: value)
def test_a_project_works(  # noqa: PLR0913, PLR0917 (fixtures)
    name: str,
    python: str,
    signature: Callable[[str], str],
    rendered: Projects,
    types: Types,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    earlier = earlier_cases(name, python, {item.name for item in request.session.items})
    for other in earlier:
        if signature(other) == signature(name):
            pytest.skip(f"the same program as {other}")
    interpreter = interpreter_for(python)
    if not interpreter:
        pytest.skip(f"there is no Python {python} on this machine")
    project = Project(rendered.template.render(tmp_path / name, **ROWS[name]), interpreter)
    elsewhere = [] if NIGHTLY else proven_elsewhere(name, earlier, rendered)
    project.uv("lock")
    proof = project.proof(__file__, EXAMPLES, *elsewhere)
    if PROOFS.knows(proof):
        pytest.skip("passed before, and nothing that it depends on has changed")
    develop(project, types, elsewhere)
    serve(project)
    PROOFS.keep(proof)


def earlier_cases(name: str, python: str, chosen: set[str]) -> list[str]:
    """Give the projects that are run before this one, on the same Python, in this session."""
    before = CASES[: CASES.index((name, python))]
    test = test_a_project_works.__name__
    return [
        other
        for other, its_python in before
        if its_python == python and f"{test}[{other}-{python}]" in chosen
    ]


def proven_elsewhere(name: str, earlier: list[str], rendered: Callable[[str], Path]) -> list[str]:
    """Give the files of slow tests that an earlier project runs with the same text."""
    run = {hash_ for other in earlier for hash_ in slow_tests(rendered(other)).values()}
    return [file for file, hash_ in slow_tests(rendered(name)).items() if hash_ in run]


def interpreter_for(python: str) -> str | None:
    return oldest_python() if python == OLDEST else find_python(python)


def develop(project: Project, types: Types, elsewhere: Iterable[str] = ()) -> None:
    """Do what its README says under "Check it", but for tests that are run elsewhere."""
    project.uv("sync")
    project.uv("run", "ruff", "check")
    project.uv("run", "ruff", "format", "--check")
    types.check(project)
    ignored = [f"--ignore={file}" for file in elsewhere]
    project.uv("run", "pytest", "--all", *ignored, TEST_EXAMPLES=EXAMPLES)


def serve(project: Project) -> None:
    """Start what its Dockerfile starts, with the package alone and what is documented."""
    project.uv("sync", "--no-dev", "--no-editable", UV_PROJECT_ENVIRONMENT=".venv-production")
    (project.root / "home").mkdir()
    with project.servers() as env:
        use(project, documented(project, env))


def documented(project: Project, env: dict[str, str]) -> dict[str, str]:
    """Set what the project asks for, and nothing that it does not tell of."""
    told = project.text(".env.example")
    for name in re.findall(r"(?m)^(SECRET_KEYS?)=$", told):
        env[name] = SECRET
    if "OIDC_AUDIENCE=" in told:
        env["OIDC_AUDIENCE"] = "the notes of these tests"
    if "MAIL_SERVER=" in told:
        env |= {"MAIL_SERVER": "mail.example.com", "MAIL_DEFAULT_SENDER": "notes@example.com"}
        env["PUBLIC_URL"] = "https://notes.example.com"
    assert [name for name in env if not re.search(rf"(?m)^#?\s*{name}=", told)] == []
    return env


def use(project: Project, env: dict[str, str]) -> None:
    project.release(env)
    conversation = pages if [*project.root.glob("src/*/templates")] else api
    with started(project, env) as server:
        headers = sign_in(project, env, server)
        cookies = server.cookies
        kept, unfinished = conversation(server)
        said = server.log.read_text()
        assert SECRET not in said
        assert not [shown for shown in headers.values() if shown.split()[-1] in said]
        server.stop()
        assert unfinished() in {200, 201, 303}
        assert server.ended(), server.log.read_text()[-4_000:]
    if kept:  # what was answered with success is there after a restart
        with started(project, env) as server:
            server.headers, server.cookies = headers, cookies
            assert all("slow" in server.ask("GET", page).text for page in kept)


def sign_in(project: Project, env: dict[str, str], server: Server) -> dict[str, str]:
    """Show who is asking on the page for it, or in the way that the document names, if any."""
    if server.ask("GET", "/auth/register").status == 200:
        return with_an_account(server)
    document = server.ask("GET", "/openapi.json")
    told = json.loads(document.text) if document.status == 200 else {}
    for scheme in list(told.get("components", {}).get("securitySchemes", {}))[:1]:
        assert server.ask("GET", "/notes").status == 401
        server.headers = WAYS_IN[scheme](project, env, server)
    return server.headers


def with_a_password(_: Project, __: dict[str, str], server: Server) -> dict[str, str]:
    account = {"email": "ada@example.com", "password": SECRET}
    assert server.ask("POST", "/auth/register", json.dumps(account)).status == 201
    form = urlencode({"username": account["email"], "password": account["password"]})
    tokens = json.loads(server.ask("POST", "/auth/token", form, FORM).text)
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def with_an_account(server: Server) -> dict[str, str]:
    """On a page: the session is in a cookie, and of the password nothing must be in the log."""
    assert "/auth/sign-in?next=" in server.ask("GET", "/notes/").headers["Location"]
    account = {"email": "ada@example.com", "password": SECRET}
    form = {**account, "csrf_token": csrf_token(server, "/auth/register")}
    assert server.ask("POST", "/auth/register", urlencode(form), FORM).status == 303
    return {}


def csrf_token(server: Server, path: str) -> str:
    hidden = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', well(server, path).text)
    assert hidden
    return html.unescape(hidden[1])


def with_a_key(project: Project, env: dict[str, str], _: Server) -> dict[str, str]:
    """Hand one out with the command that the README tells."""
    found = re.search(r"(?m)^uv run (python -m \S+ keys create \w+)", project.text("README.md"))
    assert found
    said = project.program(*found[1].split(), **env)
    return {"Authorization": f"Bearer {said.split()[-1]}"}


def with_a_token(_: Project, env: dict[str, str], __: Server) -> dict[str, str]:
    """Get one from the issuer that the project brings for its tests."""
    form = urlencode({"sub": "ada", "aud": env["OIDC_AUDIENCE"]}).encode()
    with urlopen(f"{env['OIDC_ISSUER']}/token", form, timeout=20) as answer:  # noqa: S310
        return {"Authorization": f"Bearer {json.load(answer)['access_token']}"}


# By the first security scheme of openapi.json.
WAYS_IN: dict[str, Callable[[Project, dict[str, str], Server], dict[str, str]]] = {
    "APIKey": with_a_key,
    "AccessToken": with_a_token,
    "OAuth2PasswordBearer": with_a_password,
}


def well(server: Server, path: str) -> Answer:
    answer = server.ask("GET", path)
    assert answer.status == 200, (path, answer)
    return answer


def everything(server: Server) -> None:
    """Check what both frameworks promise, whatever the answers were."""
    well(server, "/livez")
    well(server, "/readyz")
    missing = server.ask("GET", f"/nowhere?{SECRET}")
    assert missing.status == 404
    headers = {name.lower(): value for name, value in missing.headers.items()}
    assert headers.get("x-content-type-options")
    assert server.ask("DELETE", "/livez").status == 405


Conversation = tuple[list[str], Callable[[], int]]


def api(server: Server) -> Conversation:
    everything(server)
    well(server, "/redoc")
    kept, path, body = in_json(server)
    return kept, server.ask_slowly(path, body, "application/json").finish


def in_json(server: Server, prefix: str = "") -> tuple[list[str], str, str]:
    """Give what must be there after a restart too, and one more request that is well."""
    well(server, f"{prefix}/docs")
    described = json.loads(well(server, f"{prefix}/openapi.json").text)
    names = ("/notes", "/predictions", "/reading-time")
    path = next(
        prefix + name for name in names if {name, prefix + name} & described["paths"].keys()
    )
    for body in ("{", "[]", "null", '{"title": 7}', '{"surplus": "x"}', '"\\ud800"'):
        refused = server.ask("POST", path, body)
        assert 400 <= refused.status < 500, body
        assert refused.kind == "application/problem+json"
    assert server.ask("POST", path, json.dumps({"text": "x" * 2_000_000})).status == 413
    if path.endswith("/reading-time"):
        assert json.loads(server.ask("POST", path, '{"text": "a b"}').text)["words"] == 2
        return [], path, json.dumps({"text": SECRET})
    if path.endswith("/predictions"):
        example = json.dumps(described["components"]["schemas"]["Flower"]["examples"][0])
        answered = json.loads(server.ask("POST", path, example).text)
        assert answered["model"] == json.loads(well(server, f"{path}/model").text)["version"]
        return [], path, example
    create_and_delete(server, path)
    kept = server.ask("POST", path, json.dumps({"title": "slow", "body": SECRET}))
    where = f"{path}/{json.loads(kept.text)['id']}"
    return [where, path], path, json.dumps({"title": "slow too"})


def create_and_delete(server: Server, path: str) -> None:
    created = server.ask("POST", path, json.dumps({"title": "one"}))
    assert created.status == 201, created
    where = f"{path}/{json.loads(created.text)['id']}"
    assert json.loads(well(server, where).text)["title"] == "one"
    changed = server.ask("PATCH", where, json.dumps({"title": "two"}))
    assert json.loads(changed.text)["title"] == "two"
    assert "two" in well(server, path).text
    assert server.ask("DELETE", where).status == 204
    assert server.ask("GET", where).status == 404


def pages(server: Server) -> Conversation:
    everything(server)
    well(server, "/")
    notes = server.ask("GET", "/notes/").status == 200
    path, field = ("/notes/new", "title") if notes else ("/reading-time/", "text")
    token = csrf_token(server, path)
    for body in ({field: "x"}, {field: "x", "csrf_token": "forged"}):
        assert server.ask("POST", path, urlencode(body), FORM).status == 400, body
    huge = {field: "x" * 2_000_000, "csrf_token": token}
    assert server.ask("POST", path, urlencode(huge), FORM).status == 413
    empty = server.ask("POST", path, urlencode({field: " ", "csrf_token": token}), FORM)
    assert empty.status in {200, 422}
    accepted = server.ask("POST", path, urlencode({field: "slow <b>", "csrf_token": token}), FORM)
    assert accepted.status in {200, 303}, accepted
    assert "slow <b>" not in accepted.text
    kept = [accepted.headers["Location"], "/notes/"] if notes else []
    if server.ask("GET", "/api/docs").status == 200:
        kept += in_json(server, "/api")[0]
    slow = server.ask_slowly(path, urlencode({field: "slow too", "csrf_token": token}), FORM)
    return kept, slow.finish
