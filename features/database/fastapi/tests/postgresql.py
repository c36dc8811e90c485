@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The server that TEST_DATABASE_URL names, or else one started for these tests."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with running("postgresql") as url:
        yield url


@pytest.fixture
def unreachable_url() -> str:
    return "postgresql://nobody@127.0.0.1:1/nowhere"
