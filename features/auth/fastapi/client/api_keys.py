"""Who talks to the service in tests."""

from collections.abc import Callable
from collections.abc import Iterator
from importlib import import_module

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

Command = Callable[..., str]


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """Somebody without a key; an error that nobody expected is answered, not raised."""
    with TestClient(app, raise_server_exceptions=False) as stranger:
        yield stranger


@pytest.fixture
def keys(app: FastAPI) -> Command:
    """Run the command, and give what it prints."""
    command = import_module(f"{type(app).__module__.partition('.')[0]}.auth.__main__")
    return lambda *arguments: command.answer(["keys", *arguments])


def with_a_key(app: FastAPI, key: str) -> Iterator[TestClient]:
    headers = {"Authorization": f"Bearer {key}"}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        client.get("/auth/key")  # which notes the day: later requests need not write
        yield client


@pytest.fixture
def client(app: FastAPI, keys: Command) -> Iterator[TestClient]:
    """A machine whose key is good for everything."""
    yield from with_a_key(app, keys("create", "robot"))


@pytest.fixture
def other(app: FastAPI, keys: Command) -> Iterator[TestClient]:
    """Another machine whose key is good for everything."""
    yield from with_a_key(app, keys("create", "drone"))
