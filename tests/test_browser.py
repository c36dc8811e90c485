"""The pages of Flask projects in a real browser, served as in production.

CHROMIUM names the browser if it is not found; without one these tests are skipped.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from copying import Template
from playwright.sync_api import Browser
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Page
from playwright.sync_api import Request
from playwright.sync_api import expect
from playwright.sync_api import sync_playwright
from running import Project
from running import Server
from running import started

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
DATABASES = ["none", "sqlite"]
Look = tuple[Literal["light", "dark"], int]
LOOKS: list[Look] = [("light", 390), ("dark", 390), ("light", 1280), ("dark", 1280)]
NAME = "Nötes & “more” <b>'s"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=DATABASES)
def server(
    request: pytest.FixtureRequest, template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A project with a name that wants quoting, installed, migrated and started."""
    answers = {"framework": "flask", "database": request.param, "package_name": "notebook"}
    where = tmp_path_factory.mktemp("browser") / request.param
    project = Project(template.render(where, project_name=NAME, **answers), "3.11")
    project.uv("sync", "--no-dev", "--no-editable", UV_PROJECT_ENVIRONMENT=".venv-production")
    (project.root / "home").mkdir()
    env = {"SECRET_KEY": secrets.token_urlsafe()}
    project.release(env)
    with started(project, env) as server:
        yield server


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def look(request: pytest.FixtureRequest) -> Look:
    return LOOKS[LOOKS.index(request.param)]


@pytest.fixture
def page(browser: Browser, server: Server, look: Look) -> Iterator[Page]:
    """A page that puts up with nothing in its console, and with no other host."""
    scheme, width = look
    here = f"http://localhost:{server.port}"
    context = browser.new_context(
        base_url=here, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    said: list[str] = []
    elsewhere: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # The browser remarks on a page with an error status, which is what was asked for.
        if "Failed to load resource" not in message.text or "/static/" in message.location["url"]:
            said.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith((f"{here}/", "data:")):
            elsewhere.append(request.url)

    context.set_default_timeout(10_000)
    context.on("console", listen)
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on("request", watch)
    yield context.new_page()
    context.close()
    assert (said, elsewhere) == ([], [])


def check(page: Page) -> None:
    """Sound for a screen reader, and no wider than the screen."""
    expect(page).to_have_title(re.compile(re.escape(f" · {NAME}")))
    page.wait_for_load_state()  # before that, the style sheets may be missing
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def test_leads_from_the_home_page_to_every_page(page: Page) -> None:
    page.goto("/")
    check(page)
    links = page.locator(".places a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > 1
    for link in links:
        answer = page.goto(link)
        assert answer
        assert answer.status == 200
        if "html" in answer.headers["content-type"]:
            check(page)
    page.goto("/missing")
    check(page)


@pytest.mark.parametrize("look", LOOKS[:1])
def test_skips_to_the_content_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("server", ["none"], indirect=True)
def test_tells_the_reading_time(page: Page) -> None:
    page.goto("/reading-time/")
    page.get_by_role("button", name="How long?").click()
    expect(page.get_by_label("Text")).to_have_accessible_description("Paste a text first.")
    check(page)
    page.get_by_label("Text").fill("word " * 500)
    page.get_by_role("button", name="How long?").click()
    expect(page.get_by_role("status")).to_contain_text("2 min 30 s")
    check(page)


def write(page: Page, title: str) -> None:
    page.goto("/notes/new")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Note saved.")


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_takes_a_note_from_start_to_end(page: Page) -> None:
    page.goto("/notes/")
    page.get_by_role("button", name="New note").click()
    check(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Title")).to_have_accessible_description("Give the note a title.")
    check(page)
    write(page, "Water the plants " + "o" * 80)
    check(page)
    page.get_by_role("button", name="Edit").click()
    check(page)
    page.get_by_label("Text").fill("All of them.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Changes saved.")
    page.wait_for_load_state()  # before that, the button leads to a page instead
    expect(page.get_by_text("All of them.")).to_be_visible()
    page.get_by_role("button", name="Delete…").press("Enter")
    expect(page.get_by_role("dialog", name="Delete this note?")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_have_text("Note deleted.")
    check(page)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize("look", LOOKS[:2])
def test_finds_notes_and_turns_pages(page: Page) -> None:
    for number in range(11):
        write(page, f"Page turner {number}")
    page.goto("/notes/")
    page.get_by_label("Search notes").fill("turner")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=turner$"))
    check(page)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    check(page)
    page.get_by_label("Search notes").fill("nowhere")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing found")).to_be_visible()
    check(page)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_works_without_scripts(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        base_url=f"http://localhost:{server.port}", java_script_enabled=False
    )
    page = context.new_page()
    write(page, "No script")
    page.get_by_role("button", name="Delete…").click()
    expect(page.get_by_role("heading", name="Delete this note?")).to_be_visible()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_have_text("Note deleted.")
    context.close()
