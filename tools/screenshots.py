"""Take the screenshots of the README: `make screenshots`. Look at each of them afterwards."""

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import ViewportSize
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from copying import Template  # noqa: E402
from running import Project  # noqa: E402
from running import oldest_python  # noqa: E402
from running import started  # noqa: E402

PICTURES = ROOT / "docs/screenshots"
ANSWERS = {"framework": "flask", "database": "sqlite", "project_name": "Field notes"}
CHOSEN = ["sign_in", "admin", "audit", "jobs", "live", "htmx"]
NOTES = {
    "Herons at the north pond": "Two adults and three young, on the dead willow.",
    "Water level": "Four centimetres down since Monday.",
    "First frost": "On the meadow only; the reeds were dry.",
    "Replace the hide's door": "The lower hinge. Bring a long screwdriver.",
}


def sign_up(page: Page) -> None:
    page.goto("/auth/register")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(secrets.token_urlsafe())
    page.get_by_role("button", name="Register").click()
    page.get_by_role("status").wait_for()


def write(page: Page, title: str, body: str) -> None:
    page.goto("/notes/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill(body)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("status").wait_for()


def shoot(page: Page, name: str, path: str = "") -> None:
    """Take a screenshot of the current page, or of the page at `path`."""
    if path:
        page.goto(path)
    page.wait_for_load_state("networkidle" if "/notes/" not in path else "load")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def take(page: Page) -> None:
    """Visit the pages of the app and take screenshots, on a desktop and then on a phone."""
    shoot(page, "sign-in", "/auth/sign-in")
    sign_up(page)
    for title, body in NOTES.items():
        write(page, title, body)
    shoot(page, "home", "/")
    shoot(page, "notes", "/notes/")
    page.set_viewport_size({"width": 390, "height": 700})
    shoot(page, "notes-phone", "/notes/")
    page.get_by_role("link", name="Herons").click()
    page.get_by_role("button", name="Delete…").click()
    shoot(page, "delete-phone")
    page.goto("/notes/new")
    page.get_by_role("button", name="Save").click()
    shoot(page, "errors-phone")


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        rendered = Template(ROOT).render(Path(scratch, "app"), extensions=CHOSEN, **ANSWERS)
        project = Project(rendered, oldest_python())
        project.uv("sync")
        project.uv("sync", "--no-dev", "--no-editable", UV_PROJECT_ENVIRONMENT=".venv-production")
        with project.servers() as env, sync_playwright() as playwright:
            env |= {"SECRET_KEY": secrets.token_urlsafe()}
            project.release(env)
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
            )
            with started(project, env) as server:
                here = f"http://localhost:{server.port}"
                size: ViewportSize = {"width": 1280, "height": 500}
                take(browser.new_page(base_url=here, color_scheme="light", viewport=size))
            browser.close()


if __name__ == "__main__":
    main()
