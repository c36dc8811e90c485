import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient


def test_needs_no_configuration(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.chdir(tmp_path)

    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200

    assert (tmp_path / "data.sqlite3").exists()


def test_refuses_an_invalid_url(alembic_config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")

    with pytest.raises(SystemExit, match=r"^DATABASE_URL: Set it to the URL of a file"):
        command.current(alembic_config)


def test_readers_do_not_wait_for_a_writer(client: TestClient, database_url: str) -> None:
    with sqlite3.connect(database_url.partition(":///")[2], timeout=0) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        response = client.get("/notes")
    writer.close()

    assert response.status_code == 200
