import time
from threading import Event
from threading import Thread
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import event
from sqlalchemy.orm import Session


@pytest.fixture
def key() -> dict[str, str]:
    return {"idempotency-key": str(uuid4())}


def keep(client: TestClient, key: dict[str, str], title: str = "Groceries") -> Response:
    return client.post("/notes", json={"title": title}, headers=key)


def titles(client: TestClient) -> list[str]:
    return [note["title"] for note in client.get("/notes").json()["items"]]


def test_a_repeated_request_takes_effect_once(client: TestClient, key: dict[str, str]) -> None:
    first, again = keep(client, key), keep(client, key)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["content-type"] == first.headers["content-type"]
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert titles(client) == ["Groceries"]


def test_a_key_in_quotes_is_the_same_key(client: TestClient, key: dict[str, str]) -> None:
    keep(client, key)
    keep(client, {"idempotency-key": f'"{key["idempotency-key"]}"'})

    assert titles(client) == ["Groceries"]


def test_without_a_key_each_request_takes_effect(client: TestClient) -> None:
    keep(client, {})
    keep(client, {})

    assert titles(client) == ["Groceries"] * 2


def test_refuses_a_key_with_a_different_request(client: TestClient, key: dict[str, str]) -> None:
    keep(client, key)

    assert keep(client, key, "Laundry").status_code == 422
    assert titles(client) == ["Groceries"]


@pytest.mark.parametrize("value", ["", "1", "x" * 300])
def test_refuses_a_key_that_is_not_a_uuid(client: TestClient, value: str) -> None:
    assert keep(client, {"idempotency-key": value}).status_code == 422


def test_a_failed_request_can_be_repeated_with_its_key(
    client: TestClient, key: dict[str, str]
) -> None:
    assert keep(client, key, "").status_code == 422
    assert keep(client, key).status_code == 201


def test_the_response_is_stored_in_the_same_transaction(
    client: TestClient, key: dict[str, str]
) -> None:
    def break_down(_: Session) -> None:
        raise RuntimeError

    event.listen(Session, "before_commit", break_down)
    try:
        assert keep(client, key).status_code == 500
    finally:
        event.remove(Session, "before_commit", break_down)

    again = keep(client, key)
    assert (again.status_code, "idempotent-replayed" in again.headers) == (201, False)
    assert titles(client) == ["Groceries"]


def test_concurrent_requests_with_a_key_take_effect_once(
    client: TestClient, key: dict[str, str]
) -> None:
    """The second request is refused (409), or waits and gets the response of the first."""
    answers: list[Response] = []
    ready = Event()

    def ask() -> None:
        ready.wait()
        answers.append(keep(client, key))

    threads = [Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    ready.set()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert titles(client) == ["Groceries"]
    assert keep(client, key).status_code == 201


def test_keys_expire(
    client: TestClient, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDEMPOTENCY_HOURS", "0.0001")
    keep(client, key)
    time.sleep(0.5)
    keep(client, key)

    assert titles(client) == ["Groceries"] * 2
