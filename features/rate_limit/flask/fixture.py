@pytest.fixture(autouse=True)
def _fresh_limiter(shared_app: Flask) -> Iterator[None]:
    """Count from zero, and keep the storage of the shared app: others put theirs into `limiter`."""
    del shared_app  # it has initialized the limiter
    state = vars(limiter).copy()
    limiter.reset()
    yield
    vars(limiter).update(state)
