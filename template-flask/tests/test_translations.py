"""Pages speak the language of their reader, and everything they say has been translated."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib import import_module

import pytest
from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
READ_OUT = {"alt", "aria-label", "placeholder", "title"}
UNTRANSLATED = {"code", "script", "style"}


class Marked(NullTranslations):
    """Marks what it is asked for: what has no mark on a page was never asked for."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    ugettext = gettext


class Said(HTMLParser):
    """Collects what a page says to a reader."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        self.words += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, tag: str) -> None:
        _, self.within = tag, ""

    def handle_data(self, data: str) -> None:
        if self.within not in UNTRANSLATED:
            self.words.append(data)


def get_pages(app: Flask, client: FlaskClient) -> list[str]:
    """Get every page of the app that needs no arguments."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = sorted({rule.rule for rule in rules if not rule.arguments})
    answers = [client.get(path, headers=GERMAN) for path in paths]
    pages = [answer for answer in answers if answer.status_code == 200]
    return [page.text for page in pages if page.mimetype == "text/html"]


@pytest.mark.parametrize("language", ["de"])
def test_has_a_word_for_everything(app: Flask, language: str) -> None:
    known = import_module(f"{app.import_name}.translations.catalogues").read(language)
    said = import_module(f"{app.import_name}.translations.messages").messages(app)
    assert sorted(message for message in said if not known.get(message)) == []
    assert [message.id for message in known if not message.string and message.id] == []
    for message in known:
        names = re.findall(r"%\(\w+\)s|%%", str(message.id))
        assert sorted(names) == sorted(re.findall(r"%\(\w+\)s|%%", str(message.string)))


def test_asks_for_every_word_on_every_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues = import_module(f"{app.import_name}.translations.catalogues")
    monkeypatch.setattr(catalogues, "load", lambda _: Marked())
    data = {app.config["SITE"], *catalogues.LANGUAGES.values()}
    pages = get_pages(app, client)
    assert len(pages) > 1
    for page in pages:
        rest = "\n".join(Said(page).words)
        while rest != (rest := re.sub(r"⟦[^⟦⟧]*⟧", "", rest)):
            """Messages stand in messages."""
        words = {line.strip(" ·") for line in rest.splitlines() if re.search(r"[^\W\d_]", line)}
        assert {word for word in words - data if "@" not in word} == set()


@pytest.mark.parametrize(
    ("asked", "language"), [("de-AT,de;q=0.9", "de"), ("en-GB", "en"), ("fr", "en"), ("*", "en")]
)
def test_speaks_what_the_browser_asks_for(client: FlaskClient, asked: str, language: str) -> None:
    page = client.get("/", headers={"Accept-Language": asked}).text
    assert f'<html lang="{language}">' in page
    assert ("Zum Inhalt" in page) is (language == "de")


def test_speaks_what_was_chosen(client: FlaskClient) -> None:
    response = client.post("/language/", data={"language": "de"})
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert "So sprechen die Seiten jetzt mit Ihnen." in client.get("/").text
    assert client.post("/language/", data={"language": "xx"}).status_code == 400
    client.post("/language/", data={"language": "en"})
    assert "Skip to content" in client.get("/", headers=GERMAN).text


def test_says_in_german_what_is_wrong(make_app: Callable[..., Flask]) -> None:
    client = make_app(PROPAGATE_EXCEPTIONS=False).test_client()
    page = client.get("/missing", headers=GERMAN).text
    assert "<h1>Nicht gefunden</h1>" in page
    assert "Vielleicht ist sie vertippt" in page
