"""The clients that tests use: `client` and `other` are authenticated, `stranger` is not."""

from collections.abc import Callable
from collections.abc import Iterator
from importlib import import_module

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

Command = Callable[..., str]


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """A client without a key. An unexpected error is a response (500), not raised."""
    with TestClient(app, raise_server_exceptions=False) as stranger:
        yield stranger


@pytest.fixture
def keys(app: FastAPI) -> Command:
    """Return a function that runs the command and returns its output."""
    command = import_module(f"{type(app).__module__.partition('.')[0]}.auth.__main__")
    return lambda *arguments: command.answer(["keys", *arguments])


def with_a_key(app: FastAPI, key: str) -> Iterator[TestClient]:
    headers = {"Authorization": f"Bearer {key}"}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        client.get("/auth/key")  # writes the day of the last use, so that later requests do not
        yield client


@pytest.fixture
def client(app: FastAPI, keys: Command) -> Iterator[TestClient]:
    """A client whose key has all scopes."""
    yield from with_a_key(app, keys("create", "robot"))


@pytest.fixture
def other(app: FastAPI, keys: Command) -> Iterator[TestClient]:
    """A client of another user, whose key has all scopes."""
    yield from with_a_key(app, keys("create", "drone"))
