def greeting(client: TestClient) -> dict[str, str] | None:
    """Sign in with what this client sends as a header elsewhere."""
    return {"token": client.headers["Authorization"].removeprefix("Bearer ")}
