import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_is_healthy(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
