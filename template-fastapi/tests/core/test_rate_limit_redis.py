from collections.abc import Callable
from contextlib import AbstractContextManager
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

pytestmark = pytest.mark.slow


def test_processes_share_the_counters(
    app: FastAPI, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert redis_url
    monkeypatch.setenv("RATE_LIMIT_REQUESTS", "1")
    seen = []
    for _ in range(2):  # a new counter each time, as in another process
        app.middleware_stack = None
        with TestClient(app) as client:
            seen.append(client.get("/docs").status_code)

    assert seen == [200, 429]


def test_refuses_nothing_while_redis_is_unavailable(
    app: FastAPI,
    run_server: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("RATE_LIMIT_REQUESTS", "1")
    with ExitStack() as stack:
        with run_server("redis_server") as url:
            monkeypatch.setenv("REDIS_URL", url)
            client = stack.enter_context(TestClient(app))
            assert [client.get("/docs").status_code for _ in range(2)] == [200, 429]
        assert [client.get("/docs").status_code for _ in range(3)] == [200, 200, 200]

    assert caplog.text.count("Redis is unavailable: requests are not counted") == 1
