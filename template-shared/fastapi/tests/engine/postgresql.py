import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient


def test_refuses_to_do_without_a_database(
    alembic_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")

    with pytest.raises(SystemExit, match=r"^Set DATABASE_URL, as in postgresql://"):
        command.current(alembic_config)


def test_never_logs_the_password(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/nowhere")

    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.get("/notes").status_code == 500

    assert "hunter2" not in caplog.text
