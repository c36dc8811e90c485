@pytest.fixture(scope="session")
def alembic_config() -> Config:
    return Config(toml_file=ROOT / "pyproject.toml")


@pytest.fixture(scope="session", autouse=True)
def database(database_url: str, alembic_config: Config) -> Iterator[None]:
    """A database as the migrations make it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", database_url)
        command.downgrade(alembic_config, "base")
        command.upgrade(alembic_config, "head")
        yield


@pytest.fixture(autouse=True)
def _empty_tables(database_url: str) -> Iterator[None]:
    yield
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
