"""The pages of Flask projects in a real browser, served as in production.

CHROMIUM names the browser if it is not found; without one these tests are skipped.
"""

import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from copying import Template
from playwright.sync_api import Browser
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Page
from playwright.sync_api import Route
from playwright.sync_api import StorageState
from playwright.sync_api import ViewportSize
from playwright.sync_api import expect
from playwright.sync_api import sync_playwright
from running import Project
from running import Server
from running import oldest_python
from running import proving
from running import started

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
KINDS = ["nothing", "everything"]
Look = tuple[Literal["light", "dark"], int]
LOOKS: list[Look] = [("light", 390), ("dark", 390), ("light", 1280), ("dark", 1280)]
NAME = "Nötes & “more” <b>'s"
PASSWORD = "correct horse battery"  # noqa: S105
SETTINGS = {
    "MAIL_DEFAULT_SENDER": "notes@example.com",
    "MAIL_SERVER": "mail.example.com",
    "RESET_LINK_AGE": "1",
    "PUBLIC_URL": "https://notes.example.com",
    "SCRYPT_MEMORY_KIB": "128",
}
MAKE_A_LINK = """
from notebook import create_app
from notebook.auth import accounts
from notebook.password_reset.links import token_for
with create_app().app_context():
    print("\\n" + token_for(accounts.find("ada@example.com")))
"""
# What the policy forbids is said in the console, and there nothing may be said.
REPORT = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`))"""
# What a browser without a network says, in the test that takes it away.
CUT_OFF = re.compile("ERR_INTERNET_DISCONNECTED|Failed to fetch")
# What a phone may have: milliseconds on the way, and no bound on how much comes at once.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": -1, "uploadThroughput": -1}

MESSAGE = re.compile(r'(?m)^msgid "(.+)"\nmsgstr "(.*)"$')
# What is read, and what is read out.
SAID = """() => {
  const said = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) said.push(texts.currentNode.data.trim());
  for (const name of ["alt", "aria-label", "placeholder", "title"])
    for (const one of document.querySelectorAll(`[${name}]`)) said.push(one.getAttribute(name));
  return said;
}"""


def version_of_chromium() -> str:
    command = [str(CHROMIUM), "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@dataclass
class Site:
    """A project as in production: two servers, and the cookies of somebody who signed in."""

    servers: list[Server]
    project: Project
    env: dict[str, str]
    cookies: StorageState | None = None

    def url(self, server: int = 0) -> str:
        return f"http://localhost:{self.servers[server].port}"


def answers(kind: str, template: Template) -> dict[str, Any]:
    if kind == "nothing":
        return {"database": "none"}
    extensions = list(template.questions["extensions"]["choices"].values())
    return {"database": "sqlite", "api": "flask-smorest", "extensions": extensions}


@pytest.fixture(scope="module", params=KINDS)
def site(
    request: pytest.FixtureRequest, template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A project with a name that wants quoting, installed, migrated and started twice."""
    where = tmp_path_factory.mktemp("browser") / request.param
    given = {"framework": "flask", "package_name": "notebook"} | answers(request.param, template)
    project = Project(template.render(where, project_name=NAME, **given), oldest_python())
    with ExitStack() as stack:
        stack.enter_context(proving(request, project, version_of_chromium()))
        project.uv("sync")
        project.uv("sync", "--no-dev", "--no-editable", UV_PROJECT_ENVIRONMENT=".venv-production")
        (project.root / "home").mkdir()
        env = SETTINGS | {"SECRET_KEY": secrets.token_urlsafe()}
        env |= stack.enter_context(project.servers())
        project.release(env)
        count = 2 if request.param == "everything" else 1
        servers = [stack.enter_context(started(project, env)) for _ in range(count)]
        yield Site(servers, project, env)


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def look(request: pytest.FixtureRequest) -> Look:
    return LOOKS[LOOKS.index(request.param)]


class Visit:
    """A browser that puts up with nothing in its console, and with no other host."""

    def __init__(self, browser: Browser, here: str, **options: Any) -> None:
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        self.here = here
        self.context = browser.new_context(base_url=here, **options)
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(REPORT)
        self.context.on("console", self.listen)
        self.context.on("weberror", lambda error: self.said.append(str(error.error)))
        self.context.on("request", lambda request: self.watch(request.url))
        self.page = self.context.new_page()
        self.page.on("websocket", lambda socket: self.watch(socket.url.replace("ws:", "http:", 1)))

    def listen(self, message: ConsoleMessage) -> None:
        if CUT_OFF.search(message.text):
            return
        # The browser remarks on a page with an error status, which is what was asked for.
        if "Failed to load resource" not in message.text or "/static/" in message.location["url"]:
            self.said.append(message.text)

    def watch(self, url: str) -> None:
        if not url.startswith((f"{self.here}/", "data:")):
            self.elsewhere.append(url)

    def end(self) -> None:
        self.context.close()
        assert (self.said, self.elsewhere) == ([], [])


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Come to the site, to whichever of its servers."""
    visits: list[Visit] = []

    def start(server: int = 0, look: Look = LOOKS[0], **options: Any) -> Page:
        size: ViewportSize = {"width": look[1], "height": 800}
        given = {"color_scheme": look[0], "viewport": size} | options
        visits.append(Visit(browser, site.url(server), **given))
        return visits[-1].page

    yield start
    for one in visits:
        one.end()


@pytest.fixture
def cookies(browser: Browser, site: Site) -> StorageState | None:
    """Register once, and stay signed in."""
    if not site.cookies and "sign_in" in site.project.text(".copier-answers.yml"):
        context = browser.new_context(base_url=site.url())
        register(context.new_page(), "ada@example.com")
        site.cookies = context.storage_state()
        context.close()
    return site.cookies


@pytest.fixture
def page(visit: Callable[..., Page], cookies: StorageState | None, look: Look) -> Page:
    """A page of somebody who has signed in."""
    return visit(look=look, storage_state=cookies)


def register(page: Page, email: str) -> None:
    page.goto("/auth/register")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("status")).to_have_text("Welcome.")


def check(page: Page) -> None:
    """Sound for a screen reader, and no wider than the screen; what others made is theirs."""
    if not page.locator("#main").count():
        return
    expect(page).to_have_title(re.compile(re.escape(NAME)))
    page.wait_for_load_state()  # before that, the style sheets may be missing
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def test_leads_from_the_home_page_to_every_page(page: Page) -> None:
    page.goto("/")
    check(page)
    links = page.locator(".cards a").evaluate_all("links => links.map(link => link.href)")
    assert links
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


@pytest.mark.parametrize("site", ["nothing"], indirect=True)
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


@pytest.mark.parametrize("site", ["everything"], indirect=True)
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


@pytest.mark.parametrize("site", ["everything"], indirect=True)
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
    expect(page.locator("#notes").get_by_text("No notes match")).to_be_visible()
    check(page)


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_works_without_scripts(visit: Callable[..., Page], cookies: StorageState | None) -> None:
    page = visit(storage_state=cookies, java_script_enabled=False)
    write(page, "No script")
    page.get_by_role("button", name="Delete…").click()
    expect(page.get_by_role("heading", name="Delete this note?")).to_be_visible()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_have_text("Note deleted.")
    page.get_by_label("Search notes").fill("nowhere")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No notes match")).to_be_visible()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_shows_on_another_server_what_has_just_changed(
    visit: Callable[..., Page], cookies: StorageState | None
) -> None:
    here, there = visit(0, storage_state=cookies), visit(1, storage_state=cookies)
    with there.expect_websocket():
        there.goto("/notes/")
    there.wait_for_timeout(1500)  # until that server listens to Redis
    write(here, "Just written")
    expect(there.get_by_role("link", name="Just written")).to_be_visible()
    here.get_by_role("button", name="Edit").click()
    here.get_by_label("Title").fill("Just changed")
    here.get_by_role("button", name="Save").click()
    expect(there.get_by_role("link", name="Just changed")).to_be_visible()
    check(there)
    here.get_by_role("button", name="Delete…").click()
    here.get_by_role("button", name="Delete it").click()
    expect(there.get_by_role("link", name="Just changed")).to_be_hidden()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_finds_while_one_types_and_turns_pages_in_place(
    visit: Callable[..., Page], cookies: StorageState | None
) -> None:
    page = visit(storage_state=cookies)
    for number in range(11):
        write(page, f"In place {number}")
    page.goto("/notes/")
    page.evaluate("window.kept = true")
    page.get_by_label("Search notes").press_sequentially("in place")
    expect(page).to_have_url(re.compile(r"q=in"))
    expect(page.locator("#notes").get_by_text("Page 1 of 2", exact=True)).to_be_visible()
    expect(page.locator("body > [aria-live]")).to_have_text("Search results: 10. Page 1 of 2")
    expect(page.get_by_label("Search notes")).to_be_focused()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of 2", exact=True)).to_be_visible()
    expect(page.locator("main")).to_be_focused()
    check(page)
    page.go_back()
    expect(page.get_by_text("Page 1 of 2", exact=True)).to_be_visible()
    assert page.evaluate("window.kept")


def write_at_once(page: Page, *titles: str) -> None:
    """Write notes as a program does, faster than any page could."""
    for title in titles:
        assert page.request.post("/api/notes", data={"title": title}).status == 201


def late(seconds: float) -> Callable[[Route], None]:
    """Let an answer take its time, as it does on the way to a phone."""

    def pass_on(route: Route) -> None:
        time.sleep(seconds)
        route.continue_()

    return pass_on


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_misses_no_change_however_close_together(
    visit: Callable[..., Page], cookies: StorageState | None
) -> None:
    page = visit(storage_state=cookies)
    with page.expect_websocket():
        page.goto("/notes/")
    page.wait_for_timeout(1500)  # until it has read what came before
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    for number in range(3):
        write_at_once(page, f"First {number}", f"Second {number}")
        expect(page.get_by_role("link", name=f"Second {number}")).to_be_visible()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_shows_what_has_changed_before_it_listened(
    visit: Callable[..., Page], cookies: StorageState | None
) -> None:
    page = visit(storage_state=cookies)

    def change_meanwhile(route: Route) -> None:
        write_at_once(page, "Written meanwhile")
        route.continue_()

    page.route(re.compile(r"/static/live\."), change_meanwhile)
    page.goto("/notes/")
    expect(page.get_by_role("link", name="Written meanwhile")).to_be_visible()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_goes_on_finding_and_turning_while_notes_change(
    visit: Callable[..., Page], cookies: StorageState | None
) -> None:
    page = visit(storage_state=cookies)
    with page.expect_websocket():
        page.goto("/notes/")
    page.evaluate("window.kept = true")
    write_at_once(page, *(f"Turning {number}" for number in range(11)))
    expect(page.get_by_role("link", name="Turning 10")).to_be_visible()
    page.get_by_role("link", name="Turning 10").focus()
    write_at_once(page, "Turning 11")
    expect(page.get_by_role("link", name="Turning 11")).to_be_visible()
    expect(page.get_by_role("link", name="Turning 10")).to_be_focused()
    page.route(re.compile(r"\?q="), late(0.5))
    page.get_by_label("Search notes").fill("turning 7")
    page.wait_for_timeout(400)  # until it asks
    write_at_once(page, "Something else")
    expect(page).to_have_url(re.compile(r"q=turning"))
    expect(page.get_by_role("link", name="Turning 7")).to_be_visible()
    expect(page.get_by_role("link", name="Something else")).to_be_hidden()
    page.get_by_label("Search notes").fill("")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    assert page.evaluate("window.kept")


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_says_so_where_nothing_or_something_else_answers(
    visit: Callable[..., Page], cookies: StorageState | None
) -> None:
    page = visit(storage_state=cookies)
    write_at_once(page, *(f"Unanswered {number}" for number in range(11)))
    page.goto("/notes/")
    page.route(re.compile(r"\?q="), lambda route: route.fulfill(status=502, body=""))
    page.get_by_label("Search notes").press_sequentially("un")
    expect(page.get_by_text("HTTP ERROR 502")).to_be_visible()
    page.goto("/notes/")
    page.context.set_offline(True)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("ERR_INTERNET_DISCONNECTED")).to_be_visible()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_tells_who_searches_too_often_to_wait(
    visit: Callable[..., Page], cookies: StorageState | None, site: Site
) -> None:
    with started(site.project, site.env | {"RATE_LIMIT_REQUESTS": "7"}) as strict:
        site.servers.append(strict)
        page = visit(-1, storage_state=cookies)
        page.goto("/notes/")
        page.get_by_label("Search notes").press_sequentially("unanswered", delay=250)
        expect(page.get_by_role("heading", name="Too Many Requests")).to_be_visible()
        check(page)
        site.servers.remove(strict)


@pytest.mark.parametrize("site", ["everything"], indirect=True)
@pytest.mark.parametrize("look", LOOKS[:1])
def test_lets_people_in_and_out(visit: Callable[..., Page], look: Look) -> None:
    page = visit(look=look)
    page.goto("/notes/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Register").click()
    check(page)
    page.get_by_role("button", name="Register").click()
    check(page)
    register(page, "grace@example.com")
    page.goto("/auth/me")
    check(page)
    page.get_by_role("link", name="Change your password").click()
    check(page)
    page.goto("/auth/me")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("You have signed out.")
    page.goto("/auth/sign-in?next=/notes/")
    page.get_by_label("E-mail").fill("grace@example.com")
    page.get_by_label("Password").fill("wrong horse battery")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("or the password is wrong")).to_be_visible()
    check(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_shows_nothing_more_once_signed_out_elsewhere(visit: Callable[..., Page]) -> None:
    page = visit()
    register(page, "hedy@example.com")
    other = page.context.new_page()
    with page.expect_websocket():
        page.goto("/notes/")
    other.goto("/auth/me")
    other.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_refuses_a_link_that_is_too_old(
    visit: Callable[..., Page], site: Site, cookies: StorageState | None
) -> None:
    assert cookies  # of whom the link is for
    page = visit()
    page.goto("/auth/forgotten")
    check(page)
    token = site.project.program("python", "-c", MAKE_A_LINK, **site.env).splitlines()[-1]
    page.wait_for_timeout(2500)
    page.goto(f"/auth/reset?token={token}")
    expect(page.get_by_role("status")).to_contain_text("has expired")
    check(page)


@pytest.mark.parametrize("site", ["everything"], indirect=True)
@pytest.mark.parametrize("look", LOOKS[::3])
def test_shows_administrators_what_there_is(page: Page, site: Site) -> None:
    page.goto("/exports/")
    page.get_by_role("button", name="New export").click()
    expect(page.locator(".rows li").first).to_be_visible()
    check(page)
    flask = ["flask", "--app", "notebook", "users", "promote", "ada@example.com"]
    site.project.program(*flask, **site.env)
    page.goto("/audit/")
    check(page)
    page.goto("/admin/")
    links = page.locator("#main a").evaluate_all("links => links.map(link => link.href)")
    assert links
    for link in ["/admin/", *links]:
        answer = page.goto(link)
        assert answer
        assert answer.status == 200, link
        check(page)


@pytest.mark.parametrize("site", ["everything"], indirect=True)
def test_speaks_the_language_that_one_chooses(
    visit: Callable[..., Page], site: Site, cookies: StorageState | None
) -> None:
    """No page says in English what there is German for."""
    flask = ["flask", "--app", "notebook", "users", "promote", "ada@example.com"]
    site.project.program(*flask, **site.env)
    page, stranger = visit(storage_state=cookies), visit(locale="de-AT")
    page.goto("/language/")
    check(page)
    page.locator("main").get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto("/notes/new")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_label("Titel")).to_have_accessible_description(re.compile("Geben Sie"))
    check_german(page, site)
    page.get_by_label("Titel").fill("Blumen gießen")
    page.get_by_role("button", name="Speichern").click()
    check_german(page, site)
    for start in ("/admin/notes/", "/admin/users/", "/"):
        page.goto(start)
        check_german(page, site)
        for link in page.locator("main a").evaluate_all("links => links.map(link => link.href)"):
            if "download" not in link and "html" in page.request.get(link).headers["content-type"]:
                page.goto(link)
                check_german(page, site)
    for path in ("/auth/register", "/auth/forgotten", "/auth/sign-in?next=/notes/"):
        stranger.goto(path)
        stranger.locator("main button").click()
        check_german(stranger, site)


def check_german(page: Page, site: Site) -> None:
    check(page)
    if not page.locator("#main").count():
        return  # the documentation of the API, which is in English
    expect(page.locator("html")).to_have_attribute("lang", "de")
    catalogues = (site.project.root / "src/notebook/translations/de").glob("*.po")
    known = [pair for path in catalogues for pair in MESSAGE.findall(path.read_text())]
    english = {ours for ours, theirs in known if ours != theirs}
    assert not english & set(page.evaluate(SAID)), page.url
