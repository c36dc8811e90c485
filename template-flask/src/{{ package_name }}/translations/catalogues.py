"""The catalogues: `<language>/<part>.po` of the template, and your `messages.po`."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from babel.support import Translations
from flask_babel import Domain
from flask_babel import get_locale
from flask_babel import gettext

HERE = Path(__file__).parent
YOURS = "messages.po"
WRITTEN_IN = "en"  # the language of templates and code
TRANSLATED = sorted({file.parent.name for file in HERE.glob("*/*.po")})
LANGUAGES = {
    language: Locale.parse(language).get_display_name() or language
    for language in [WRITTEN_IN, *TRANSLATED]
}


class Catalogues(Domain):
    """Translations read from `.po` files, without compiling them."""

    def get_translations(self) -> NullTranslations:
        """The translations for the language of the request."""
        return load(str(get_locale() or WRITTEN_IN))


def read(language: str) -> Catalog:
    """Merge the files of a language. Yours comes first; empty translations are skipped."""
    catalogue = Catalog(locale=language)
    for path in sorted((HERE / language).glob("*.po"), key=lambda path: path.name != YOURS):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                whole = message.string and all(message.string)  # all plural forms
                if message.id and whole and not message.fuzzy:
                    catalogue[message.id] = message
    return catalogue


@cache
def load(language: str) -> NullTranslations:
    """Read a catalogue, cached. English has none, since the code is in English."""
    if language == WRITTEN_IN:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    return Translations(compiled)


def say(text: object) -> object:
    """Translate a text that is not marked in the code: a label, an error, a flashed message.

    Unlike `_(text)`, which is for literals, the result is escaped, and `%` has no meaning.
    """
    return gettext(text) if text and isinstance(text, str) else text
