from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient


def test_models_and_migrations_agree(alembic_config: Config) -> None:
    command.check(alembic_config)


def test_migrations_go_down_and_up_again(alembic_config: Config, client: TestClient) -> None:
    command.downgrade(alembic_config, "base")
    try:
        assert client.get("/notes").status_code == 500
    finally:
        command.upgrade(alembic_config, "head")

    assert client.get("/notes").status_code == 200
