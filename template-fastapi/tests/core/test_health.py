import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_is_healthy(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert client.head(path).status_code == 200


def test_probes_are_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    client.get("/livez")

    assert not [r for r in caplog.records if r.name.endswith(".middleware")]


@pytest.mark.parametrize("setting", ["LOG_LEVEL=loud", "MAX_BODY_SIZE=0", "CORS_ORIGINS=*"])
def test_exits_with_one_sentence_for_an_invalid_setting(
    app: FastAPI, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _, value = setting.partition("=")
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit, match=rf"^{name}: .+\.$"):
        type(app)(title="Refused")
