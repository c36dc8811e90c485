import logging

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_is_healthy(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_may_be_asked_without_a_body(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == 200


def test_probes_are_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    client.get("/livez")

    assert not [r for r in caplog.records if r.name.endswith(".middleware")]
