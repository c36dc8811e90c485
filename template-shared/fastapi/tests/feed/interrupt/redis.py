async def interrupt(client: TestClient) -> None:
    """Let nobody listen any more, as when Redis restarts."""
    assert await client.app_state["redis"].client_kill_filter(_type="pubsub")
