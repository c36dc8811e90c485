"""SQLite checks what it is told to and lets several requests at it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text


@pytest.mark.parametrize(("name", "value"), [("foreign_keys", 1), ("journal_mode", "wal")])
def test_checks_foreign_keys_and_reads_while_it_writes(
    app: Flask, name: str, value: object
) -> None:
    with app.app_context():
        found = app.extensions["sqlalchemy"].session.scalar(text(f"PRAGMA {name}"))
    assert found == value


def test_is_not_ready_without_its_file(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app(DATABASE_URL=f"sqlite:///{tmp_path}/missing/data.sqlite3")
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "failed": ["database"]}
    assert app.test_client().get("/livez").status_code == 200
