@pytest.fixture(scope="session", autouse=True)
def redis_url() -> Iterator[str]:
    """The server of TEST_REDIS_URL, or else one that is started for the tests."""
    with pytest.MonkeyPatch.context() as patch:
        if url := os.environ.get("TEST_REDIS_URL"):
            patch.setenv("REDIS_URL", url)
            yield url
            return
        with running("redis_server") as url:
            patch.setenv("REDIS_URL", url)
            yield url


@pytest.fixture(autouse=True)
def _empty_redis(redis_url: str) -> Iterator[None]:
    yield
    with Redis.from_url(redis_url) as redis:
        redis.flushdb()
