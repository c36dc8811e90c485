"""Who talks to the service in tests."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """Somebody without a key; an error that nobody expected is answered, not raised."""
    with TestClient(app, raise_server_exceptions=False) as stranger:
        yield stranger


def with_a_key(app: FastAPI, name: str) -> Iterator[TestClient]:
    """Show a key that the command has handed out."""
    command = import_module(f"{type(app).__module__.partition('.')[0]}.auth.__main__")
    headers = {"Authorization": f"Bearer {command.answer(['keys', 'create', name])}"}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        client.get("/auth/key")  # which notes the day: later requests need not write
        yield client


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A machine whose key is good for everything."""
    yield from with_a_key(app, "robot")


@pytest.fixture
def other(app: FastAPI) -> Iterator[TestClient]:
    """Another machine whose key is good for everything."""
    yield from with_a_key(app, "drone")
