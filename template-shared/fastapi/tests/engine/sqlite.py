import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from fastapi import FastAPI
from fastapi.testclient import TestClient

REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "1", None


def upgrade():
    op.create_table(
        "parents", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9))
    )
    parent = sa.ForeignKey("parents.id", ondelete="CASCADE")
    op.create_table("children", sa.Column("parent_id", sa.Integer, parent))
    op.execute("INSERT INTO parents (id) VALUES (1)")
    op.execute("INSERT INTO children (parent_id) VALUES (1)")
    with op.batch_alter_table("parents") as parents:
        parents.alter_column("name", type_=sa.String(99))


def downgrade():
    op.execute("DELETE FROM parents")
"""


def test_needs_no_configuration(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.chdir(tmp_path)

    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200

    assert (tmp_path / "data.sqlite3").exists()


def test_refuses_what_is_no_file(alembic_config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")

    with pytest.raises(SystemExit, match=r"^DATABASE_URL: Name a file, as in sqlite"):
        command.current(alembic_config)


def test_readers_do_not_wait_for_a_writer(client: TestClient, database_url: str) -> None:
    with sqlite3.connect(database_url.partition(":///")[2], timeout=0) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        response = client.get("/notes")
    writer.close()

    assert response.status_code == 200


def test_alters_a_table_without_harm_to_what_refers_to_it(
    alembic_config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/data.sqlite3")
    (tmp_path / "1_alter_a_table.py").write_text(REVISION)
    config = Config(toml_file=alembic_config.toml_file_name)
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(tmp_path))

    command.upgrade(config, "head")

    with sqlite3.connect(tmp_path / "data.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM children").fetchone() == (1,)
    connection.close()
    with pytest.raises(CommandError, match="gone, in children"):
        command.downgrade(config, "base")
