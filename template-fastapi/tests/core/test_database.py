import threading
import time

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.orm import Session


def test_responds_after_the_commit(client: TestClient) -> None:
    def refuse(_: Session) -> None:
        raise RuntimeError

    event.listen(Session, "before_commit", refuse)
    try:
        response = client.post("/notes", json={"title": "Groceries"})
    finally:
        event.remove(Session, "before_commit", refuse)

    assert response.status_code == 500
    assert client.get("/notes").json()["items"] == []


def test_answers_404_for_a_note_that_was_deleted_meanwhile(client: TestClient) -> None:
    def delete(session: Session, *_: object) -> None:
        session.connection().exec_driver_sql("DELETE FROM notes")

    path = client.post("/notes", json={"title": "Groceries"}).headers["location"]
    event.listen(Session, "before_flush", delete)
    try:
        assert client.patch(path, json={"title": "Late"}).status_code == 404
    finally:
        event.remove(Session, "before_flush", delete)


def test_is_live_but_not_ready_without_the_database(
    app: FastAPI, client: TestClient, unreachable_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", unreachable_url)
    others = _drivers()

    with TestClient(app, headers=dict(client.headers)) as lost:
        assert lost.get("/livez").status_code == 200
        assert lost.get("/readyz").status_code == 503
        response = lost.get("/notes")
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        while _drivers() - others:
            time.sleep(0.01)


def _drivers() -> set[threading.Thread]:
    """Return the threads of aiosqlite, which need the event loop until shortly after a failure."""
    threads = threading.enumerate()
    return {thread for thread in threads if "_connection_worker_thread" in thread.name}


def test_can_be_stopped_and_started_again(app: FastAPI) -> None:
    for _ in range(2):
        with TestClient(app) as client:
            assert client.get("/readyz").status_code == 200


def test_models_and_migrations_agree(alembic_config: Config) -> None:
    command.check(alembic_config)


def test_migrations_go_down_and_up_again(alembic_config: Config, client: TestClient) -> None:
    command.downgrade(alembic_config, "base")
    try:
        assert client.get("/notes").status_code in {500, 503}
    finally:
        command.upgrade(alembic_config, "head")

    assert client.get("/notes").status_code < 500
