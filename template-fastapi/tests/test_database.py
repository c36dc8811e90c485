import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.orm import Session


def test_says_success_only_after_the_commit(client: TestClient) -> None:
    def refuse(_: Session) -> None:
        raise RuntimeError

    event.listen(Session, "before_commit", refuse)
    try:
        response = client.post("/notes", json={"title": "Groceries"})
    finally:
        event.remove(Session, "before_commit", refuse)

    assert response.status_code == 500
    assert client.get("/notes").json()["items"] == []


def test_is_alive_but_not_ready_without_its_database(
    app: FastAPI, unreachable_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", unreachable_url)

    with TestClient(app) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_starts_again_after_a_stop(app: FastAPI) -> None:
    for _ in range(2):
        with TestClient(app) as client:
            assert client.get("/readyz").status_code == 200
