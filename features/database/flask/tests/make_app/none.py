@pytest.fixture
def make_app() -> Callable[..., Flask]:
    return build
