from collections.abc import Callable
from contextlib import AbstractContextManager
from contextlib import ExitStack
from pathlib import Path
from traceback import format_exception

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


@pytest.mark.parametrize("url", ["", "nonsense", "postgresql://me:hunter2@host:port/x"])
def test_refuses_to_start_without_a_url(
    url: str, alembic_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(SystemExit, match=r"^Set DATABASE_URL to postgresql://"):
        command.current(alembic_config)


@pytest.mark.slow
def test_answers_503_until_the_database_is_back(
    app: FastAPI,
    run_server: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def look(client: TestClient) -> tuple[int, str | None]:
        response = client.get("/readyz")
        return response.status_code, response.headers.get("retry-after")

    with ExitStack() as stack:
        with run_server("postgresql", str(tmp_path)) as url:
            monkeypatch.setenv("DATABASE_URL", url)
            client = stack.enter_context(TestClient(app))
            assert look(client) == (200, None)
        assert look(client) == (503, "5")
        with run_server("postgresql", str(tmp_path)):
            assert look(client) == (200, None)


def test_never_logs_the_password(
    app: FastAPI,
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/nowhere")

    with TestClient(app, raise_server_exceptions=False, headers=dict(client.headers)) as lost:
        assert lost.get("/notes").status_code == 503

    assert "hunter2" not in caplog.text


def test_errors_do_not_contain_rows(app: FastAPI, client: TestClient) -> None:
    title = "A secret"

    def insert(session: Session, *_: object) -> None:
        statement = "INSERT INTO notes (title) VALUES (%s)"
        session.connection().exec_driver_sql(statement, (title,))

    event.listen(Session, "before_flush", insert)
    try:
        with (
            TestClient(app, headers=dict(client.headers)) as raising,
            pytest.raises(IntegrityError) as refused,
        ):
            raising.post("/notes", json={"title": "Groceries"})
    finally:
        event.remove(Session, "before_flush", insert)

    logged = "".join(format_exception(refused.value))
    assert "violates not-null constraint" in logged
    assert title not in logged
