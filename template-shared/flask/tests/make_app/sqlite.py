@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('database')}/data.sqlite3"


@pytest.fixture(scope="session")
def migrated(database_url: str) -> str:
    app = create_app(CONFIG | {"DATABASE_URL": database_url})
    with app.app_context():
        alembic.upgrade()
        db.engine.dispose()
    return database_url


@pytest.fixture
def make_app(migrated: str) -> Iterator[Callable[..., Flask]]:
    apps = []

    def make(**config: object) -> Flask:
        apps.append(create_app(only_given(CONFIG | {"DATABASE_URL": migrated} | config)))
        return apps[-1]

    with make().app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
    yield make
    for app in apps:
        with app.app_context():
            db.engine.dispose()
