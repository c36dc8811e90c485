@pytest.fixture
def make_app() -> Callable[..., Flask]:
    return lambda **config: create_app(only_given(CONFIG | config))
