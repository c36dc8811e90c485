CONFIG: dict[str, object] = {
    "PREFERRED_URL_SCHEME": "https",
    "SECRET_KEY": token_urlsafe(),
    "STATIC_HASHES": False,  # test_assets.py turns it on
    "TESTING": True,
    "WTF_CSRF_ENABLED": False,  # test_security.py turns it on
}
COMPILED = TemporaryDirectory()  # with the extensions that templates have in this run
TEMPLATES = FileSystemBytecodeCache(COMPILED.name)


def build(**config: object) -> Flask:
    """Leave to the environment what is None, and compile templates once for all tests."""
    config = CONFIG | config
    app = create_app({name: value for name, value in config.items() if value is not None})
    app.jinja_env.bytecode_cache = TEMPLATES
    return app
