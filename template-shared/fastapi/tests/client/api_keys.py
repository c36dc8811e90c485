@pytest.fixture(scope="session", autouse=True)
def _settings() -> Iterator[None]:
    """A key for tokens, and passwords that are hashed quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_KEYS", "a key that nobody but the tests knows")
        patch.setenv("ARGON2_MEMORY_KIB", "32")
        yield


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """Somebody who has not signed in; an error that nobody expected is answered, not raised."""
    with TestClient(app, raise_server_exceptions=False) as stranger:
        yield stranger


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Ada, who has signed in."""
    account = {"email": "ada@example.com", "password": "correct horse battery"}
    form = {"username": account["email"], "password": account["password"]}
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.post("/auth/register", json=account).status_code == 201
        tokens = client.post("/auth/token", data=form).json()
        client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        yield client
