import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


def shows(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_each_token_has_its_own_limit(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT_REQUESTS", "1")
    with TestClient(app) as client:
        mine = [client.get("/docs", headers=shows("mine")).status_code for _ in range(2)]
        yours = client.get("/docs", headers=shows("yours")).status_code

    assert (mine, yours) == ([200, 429], 200)


def test_limits_the_tokens_of_an_address(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT_REQUESTS", "1")
    with TestClient(app) as client:
        seen = [client.get("/docs", headers=shows(f"guess-{n}")).status_code for n in range(11)]

    assert seen == [200] * 10 + [429]
