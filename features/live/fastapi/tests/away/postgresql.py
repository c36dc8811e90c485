"""Live updates while PostgreSQL is unavailable, and afterwards."""

import asyncio
import json
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import ExitStack
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

pytestmark = pytest.mark.slow
pytest_plugins = ["processes"]


@pytest.fixture
def away(
    run_server: Callable[..., AbstractContextManager[str]],
    alembic_config: Config,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Use a server that is away for as long as one likes."""

    @contextmanager
    def stopped() -> Iterator[None]:
        servers.close()
        yield
        servers.enter_context(run_server("postgresql", str(tmp_path)))

    with ExitStack() as servers:
        url = servers.enter_context(run_server("postgresql", str(tmp_path)))
        monkeypatch.setenv("DATABASE_URL", url)
        command.upgrade(alembic_config, "head")
        yield stopped
