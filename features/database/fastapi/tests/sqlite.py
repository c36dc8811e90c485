@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('database')}/test.sqlite3"


@pytest.fixture
def unreachable_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/missing/test.sqlite3"
