"""REDIS_URL is required; Redis may be unavailable."""

from collections.abc import Callable

import pytest
from flask import Flask


@pytest.mark.parametrize("url", ["", "nonsense", "http://user:secret@127.0.0.1"])
def test_refuses_to_start_without_its_url(make_app: Callable[..., Flask], url: str) -> None:
    with pytest.raises(RuntimeError, match=r"^Set REDIS_URL, as in redis://[^ ]+\.$"):
        make_app(REDIS_URL=url)


def test_commands_do_not_need_it(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    assert make_app(REDIS_URL="").extensions["redis"]


def test_is_ready_while_the_server_is_unavailable(make_app: Callable[..., Flask]) -> None:
    client = make_app(REDIS_URL="redis://127.0.0.1:1/0").test_client()
    for path in ("/livez", "/readyz", "/"):
        assert client.get(path).status_code == 200
