"""Altering a table in SQLite keeps the rows that refer to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

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


def test_altering_a_table_keeps_referring_rows(
    alembic_config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/data.sqlite3")
    (tmp_path / "1_alter_a_table.py").write_text(REVISION)
    config = Config(toml_file=alembic_config.toml_file_name)
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(tmp_path))

    command.upgrade(config, "head")

    with closing(sqlite3.connect(tmp_path / "data.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM children").fetchone() == (1,)
    with pytest.raises(CommandError, match="that do not exist"):
        command.downgrade(config, "base")
