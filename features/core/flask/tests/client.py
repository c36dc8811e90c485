@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
