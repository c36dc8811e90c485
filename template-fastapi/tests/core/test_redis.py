"""The connection to Redis."""

import asyncio

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


def test_refuses_to_start_without_a_url(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    async def start() -> None:
        async with app.router.lifespan_context(app):
            pass

    monkeypatch.setenv("REDIS_URL", "")
    with pytest.raises(SystemExit, match=r"^Set REDIS_URL to .+\.$"):
        asyncio.run(start())


def test_starts_while_redis_is_unavailable(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with TestClient(app) as client:
        assert client.get("/livez").is_success
