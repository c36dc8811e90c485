@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCRYPT_MEMORY_KIB", "128")
        yield


def signed_in(app: Flask, email: str) -> FlaskClient:
    """Sign somebody in without a request: the app can still be given routes."""
    with app.app_context():
        user = accounts.create(email, "correct horse battery")
        assert user
        key = user.session_key
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = key
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Ada, who has signed in."""
    return signed_in(app, "ada@example.com")


@pytest.fixture
def other(app: Flask) -> FlaskClient:
    """Grace, who has signed in too."""
    return signed_in(app, "grace@example.com")


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()
