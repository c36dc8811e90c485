"""Pages in the reader's language: what they say is looked up in `<language>/*.po`, as it is."""

from flask import Flask
from flask import before_render_template
from flask_babel import Babel

from ..home import add_place
from .catalogues import Catalogues
from .commands import cli
from .context import get_messages
from .context import get_places
from .context import translate
from .language import bp
from .language import choose
from .language import get_language
from .words import Words


def init_app(app: Flask) -> None:
    """Translate what templates say and are given; add the page to choose a language on."""
    babel = Babel(app, locale_selector=choose)
    babel.domain_instance = Catalogues()
    app.jinja_env.add_extension(Words)
    app.jinja_env.globals["get_flashed_messages"] = get_messages
    app.context_processor(lambda: {"language": get_language(), "places": get_places(app)})
    before_render_template.connect(translate, app)
    app.register_blueprint(bp)
    app.cli.add_command(cli)
    add_place(app, "language.show", "Language", "What the pages are written in.")
