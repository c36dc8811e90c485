@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('database')}/data.sqlite3"


@pytest.fixture(scope="session")
def migrated(database_url: str) -> Iterator[Flask]:
    app = build(DATABASE_URL=database_url)
    with app.app_context():
        upgrade = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert upgrade.exit_code == 0, upgrade.output
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def make_app(migrated: Flask) -> Iterator[Callable[..., Flask]]:
    with migrated.app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
    apps = []

    def make(**config: object) -> Flask:
        apps.append(build(**{"DATABASE_URL": migrated.config["DATABASE_URL"]} | config))
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            db.engine.dispose()
