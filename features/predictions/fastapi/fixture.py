@pytest.fixture(scope="session", autouse=True)
def _model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Train a model for the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODEL_FILE", str(tmp_path_factory.mktemp("model") / "model.skops"))
        training.main()
        yield
