from fastapi.testclient import TestClient


def test_knows_who_has_signed_in(client: TestClient) -> None:
    assert client.get("/auth/me").json()["email"] == "ada@example.com"
