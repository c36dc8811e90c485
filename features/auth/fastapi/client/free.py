@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of the started service; an error that nobody expected is answered, not raised."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
