"""What may not be broken in pages that are translated, as functions over the template's folder.

They yield sentences, as in layout.py.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast
from unmark import PAGES
from unmark import TWINS
from unmark import twins
from unmark import unmark

JINJA = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
JINJA.newstyle_gettext = True  # type: ignore[attr-defined]
RAW = re.compile(r"(?s)\{% raw -?%\}|\{% endraw %\}")
MARKED = re.compile(r"(?s)\{% trans.*?\{% endtrans %\}")
TAG = re.compile(r"(?s)\{[{%#].*?[}%#]\}")
IN_ENGLISH = re.compile(r"""\{\{[^}]*?(?<!_\()["']([A-Z][^"']*)["']""")
# By these doors a page comes to what code says.
GIVEN = re.compile(
    r"\{\{ ((?:message|advice|\w+\.(?:\w+\.)?(?:label\.text|description|hint|errors)"
    r"|(?:error|link|item|admin_view)\.name))(?![^}]*translated)"
)
SAID = re.compile(r"(?:errors = \[|description = |Unavailable\(|flash\()(\"[^\"]+\")")
READ_OUT = {"alt", "aria-label", "placeholder", "title"}
UNSAID = {"code", "script", "style"}


class Words(HTMLParser):
    """Collects what a page says to a reader."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        self.found += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, _: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        self.found += [] if self.within in UNSAID else [data]


def marked(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages that are there with translations only."""
    for page in (*(page for page, _ in twins(root)), root / PAGES / "templates/language.html"):
        yield page.name, RAW.sub("", page.read_text())


def strange_twins(root: Path) -> Iterator[str]:
    """Plain pages are what `make pages` writes, and no page has only one of the two."""
    pairs = {twin: page for page, twin in twins(root)}
    for folder in TWINS.values():
        there = {path for path in (root / folder).rglob("*.*") if path.is_file()}
        for twin in sorted(there ^ {twin for twin in pairs if (root / folder) in twin.parents}):
            yield f"{twin.relative_to(root)} has no twin, or is none"
    for twin, page in pairs.items():
        if twin.exists() and unmark(page.read_text()) != twin.read_text():
            yield f"{twin.relative_to(root)} is not what its marked twin says: `make pages`"
        if found := re.search(r"gettext|\b_\(|\btrans\b|translated", unmark(page.read_text())):
            yield f"{page.relative_to(root)} keeps {found[0]!r} when its marks are taken out"


def unmarked_words(root: Path) -> Iterator[str]:
    """What no mark is on stays in English."""
    for name, page in marked(root):
        text = TAG.sub("", MARKED.sub("", page))
        words = [*Words(text).found, *IN_ENGLISH.findall(page)]
        yield from (
            f"{name} says {word.strip()!r}" for word in words if re.search("[A-Za-z]", word)
        )
        yield from (f"{name} shows {given} untranslated" for given in GIVEN.findall(page))


def words_without_german(root: Path) -> Iterator[str]:
    """Those of pages and those of code, of which projects see only what they have chosen."""
    catalogues = (root / PAGES / "translations/de").glob("*.po")
    known = set(
        re.findall(r"(?m)^msgid (\".*\")\nmsgstr \".", "".join(map(Path.read_text, catalogues)))
    )
    said = [(name, word) for name, page in marked(root) for word in messages(page)]
    for path in sorted((root / PAGES).rglob("*.py*")):
        said += [(path.name, ast.literal_eval(word)) for word in SAID.findall(path.read_text())]
    german = {ast.literal_eval(word) for word in known}
    yield from (f"{name} says {word!r}" for name, word in said if word not in german)


def messages(page: str) -> Iterator[str]:
    for _, _, message in extract_from_ast(JINJA.parse(page)):
        yield from [message] if isinstance(message, str) else filter(None, message or ())
