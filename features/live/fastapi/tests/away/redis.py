"""Live updates while Redis is unavailable, and afterwards."""

import asyncio
import json
import socket
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import ExitStack
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

pytestmark = pytest.mark.slow
pytest_plugins = ["processes"]


@pytest.fixture
def away(
    run_server: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Use a server that is away for as long as one likes."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = str(unused.getsockname()[1])

    @contextmanager
    def stopped() -> Iterator[None]:
        servers.close()
        yield
        servers.enter_context(run_server("redis_server", str(tmp_path), port))

    with ExitStack() as servers:
        url = servers.enter_context(run_server("redis_server", str(tmp_path), port))
        monkeypatch.setenv("REDIS_URL", url)
        yield stopped
