"""Processes share the rate limit while Redis is available."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from flask import Flask

pytestmark = pytest.mark.slow


def test_processes_count_together(make_app: Callable[..., Flask]) -> None:
    apps = [make_app(RATE_LIMIT_REQUESTS=1) for _ in range(2)]
    assert [app.test_client().get("/").status_code for app in apps] == [200, 429]


def test_each_process_counts_alone_while_redis_is_unavailable(
    make_app: Callable[..., Flask], run_server: Callable[..., AbstractContextManager[str]]
) -> None:
    with TemporaryDirectory() as folder:
        with run_server("redis_server", folder) as url:
            client = make_app(RATE_LIMIT_REQUESTS=2, REDIS_URL=url).test_client()
            assert client.get("/").status_code == 200
        assert [client.get("/").status_code for _ in range(3)] == [200, 200, 429]
        with run_server("redis_server", folder, str(urlsplit(url).port)):
            for _ in range(100):  # it looks ever less often
                if client.get("/").status_code == 200:
                    break
                time.sleep(0.1)
            assert client.get("/").status_code == 429
