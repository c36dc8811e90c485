"""Pages in the language of the user, by gettext catalogues `<language>/*.po` (not compiled)."""

from flask import Flask
from flask_babel import Babel

from ..home import add_to_navigation
from .catalogues import Catalogues
from .catalogues import say
from .commands import cli
from .language import bp
from .language import choose
from .language import get_language


def init_app(app: Flask) -> None:
    """Set up Flask-Babel, and add the page to choose a language."""
    babel = Babel(app, locale_selector=choose)
    babel.domain_instance = Catalogues()
    app.add_template_filter(say, "translated")
    app.context_processor(lambda: {"language": get_language()})
    app.register_blueprint(bp)
    app.cli.add_command(cli)
    add_to_navigation(app, "language.show", "Language", "Choose the language of the pages.")
