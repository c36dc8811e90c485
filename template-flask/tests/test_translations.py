"""Pages are in the language of the user, and all messages are translated."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask import Flask
from flask import render_template_string
from flask.testing import FlaskClient

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
YOURS = """
# Ours is another word.
msgid "Language"
msgstr "Mundart"

msgctxt "garden"
msgid "%(num)d bed"
msgid_plural "%(num)d beds"
msgstr[0] "%(num)d Beet"
msgstr[1] "%(num)d Beete"
"""


def module(app: Flask, name: str) -> Any:  # noqa: ANN401
    return import_module(f"{app.import_name}.translations.{name}")


def names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


@pytest.mark.parametrize("language", ["de"])
def test_has_a_word_for_everything(app: Flask, language: str) -> None:
    known = module(app, "catalogues").read(language)
    with app.app_context():
        said = [one for one in module(app, "messages").messages(app) if one.id]
    missing = [one.id for one in said if not known.get(one.id, one.context)]
    assert missing == []


@pytest.mark.parametrize("language", ["de"])
def test_has_a_place_for_every_value(app: Flask, language: str) -> None:
    for message in module(app, "catalogues").read(language):
        if isinstance(message.id, str):
            assert names(message.string) == names(message.id)
            assert not names(message.id) or message.string % dict.fromkeys(names(message.id), 1)


@pytest.mark.parametrize(
    ("asked", "language"), [("de-AT,de;q=0.9", "de"), ("en-GB", "en"), ("fr", "en"), ("*", "en")]
)
def test_speaks_what_the_browser_asks_for(client: FlaskClient, asked: str, language: str) -> None:
    page = client.get("/language/", headers={"Accept-Language": asked}).text
    assert f'<html lang="{language}">' in page
    assert ("Zum Inhalt" in page) is (language == "de")


def test_speaks_what_was_chosen(client: FlaskClient) -> None:
    response = client.post("/language/", data={"language": "de"})
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert "So sprechen die Seiten jetzt mit Ihnen." in client.get("/language/").text
    assert client.post("/language/", data={"language": "xx"}).status_code == 400
    client.delete_cookie("session")  # as whoever signs in or out is given another
    assert "Zum Inhalt" in client.get("/language/").text
    client.post("/language/", data={"language": "en"})
    assert "Skip to content" in client.get("/language/", headers=GERMAN).text


def test_says_in_german_what_is_wrong(make_app: Callable[..., Flask]) -> None:
    client = make_app(PROPAGATE_EXCEPTIONS=False).test_client()
    page = client.get("/missing", headers=GERMAN).text
    assert "<h1>Nicht gefunden</h1>" in page
    assert "Vielleicht ist sie vertippt" in page


@pytest.mark.parametrize(
    "page", ['{{_("Page %(number)s of %(last)s", number=it, last=2)}}', "{{it | translated}}"]
)
def test_takes_nothing_for_a_tag_or_a_message(app: Flask, page: str) -> None:
    with app.test_request_context(headers=GERMAN):
        assert "&lt;b&gt; 100% s" in render_template_string(page, it="<b> 100% s")
        assert render_template_string("{{'' | translated}}") == ""


def test_keeps_what_translators_wrote(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands, catalogues = module(app, "commands"), module(app, "catalogues")
    copytree(catalogues.HERE / "de", tmp_path / "de")
    monkeypatch.setattr(commands, "HERE", tmp_path)
    monkeypatch.setattr(catalogues, "HERE", tmp_path)
    yours = tmp_path / "de/messages.po"
    yours.write_text(YOURS)
    for _ in range(2):
        assert app.test_cli_runner().invoke(args=["translations", "update"]).exit_code == 0
        assert "# Ours is another word.\n#: " in yours.read_text()
        assert '#~ msgctxt "garden"' in yours.read_text()
        assert '#~ msgstr[1] "%(num)d Beete"' in yours.read_text()
    assert catalogues.read("de").get("Language").string == "Mundart"
