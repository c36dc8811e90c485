import subprocess
import sys
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

Command = Callable[..., str]


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def key_id(client: TestClient, key: str) -> str:
    found: str = client.get("/auth/key", headers=bearing(key)).json()["id"]
    return found


def test_a_user_keeps_its_notes_when_its_key_is_replaced(
    stranger: TestClient, keys: Command
) -> None:
    old = keys("create", "importer")
    path = stranger.post("/notes", json={"title": "Groceries"}, headers=bearing(old)).headers[
        "location"
    ]

    new = keys("create", "importer")
    keys("revoke", key_id(stranger, old))

    assert stranger.get(path, headers=bearing(old)).status_code == 401
    assert stranger.get(path, headers=bearing(new)).status_code == 200


def test_a_revoked_key_stays_revoked(stranger: TestClient, keys: Command) -> None:
    key = keys("create", "importer")
    its_id = key_id(stranger, key)

    for _ in range(2):
        assert keys("revoke", its_id) == f"{its_id} is revoked."

    assert stranger.get("/notes", headers=bearing(key)).status_code == 401
    assert keys("list").endswith("revoked")


def test_a_key_expires(
    app: FastAPI, stranger: TestClient, keys: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys("create", "importer", "--days", "1")
    package = type(app).__module__.partition(".")[0]
    tomorrow = datetime.now(UTC) + timedelta(days=1, seconds=1)

    assert stranger.get("/notes", headers=bearing(key)).status_code == 200
    for module in ("current", "__main__"):
        monkeypatch.setattr(f"{package}.auth.{module}.utcnow", lambda: tomorrow)

    assert stranger.get("/notes", headers=bearing(key)).status_code == 401
    assert keys("list").endswith("expired")


def test_records_the_day_of_the_last_use(stranger: TestClient, keys: Command) -> None:
    key = keys("create", "importer")
    assert "never used" in keys("list")

    stranger.get("/notes", headers=bearing(key))

    assert f"used {datetime.now(UTC):%Y-%m-%d}" in keys("list")


def test_never_shows_a_secret_again(stranger: TestClient, keys: Command) -> None:
    key = keys("create", "importer")

    listed = keys("list")

    assert key_id(stranger, key) in listed
    assert key.rpartition("_")[2] not in listed


@pytest.mark.parametrize(
    "arguments",
    [
        ["revoke", str(uuid4())],
        ["revoke", "x"],
        ["create", ""],
        ["create", "robot", "--days", "0"],
        ["create", "robot", "--scopes", "notes:eat"],
        [],
    ],
)
def test_the_command_refuses_invalid_arguments(keys: Command, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        keys(*arguments)

    assert refusal.value.code != 0
    assert keys("list") == ""


def test_the_command_prints_the_key_and_nothing_else(app: FastAPI, stranger: TestClient) -> None:
    module = f"{type(app).__module__.partition('.')[0]}.auth"
    command = [sys.executable, "-m", module, "keys", "create", "importer"]

    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (ours)

    assert stranger.get("/notes", headers=bearing(done.stdout.strip())).status_code == 200
    assert "not shown again" in done.stderr
