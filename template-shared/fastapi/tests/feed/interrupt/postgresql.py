async def interrupt(client: TestClient) -> None:
    """Let nobody listen any more, as when the database restarts."""
    listeners = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ '^LISTEN'"
    async with client.app_state["sessions"]() as session:
        connection = await session.connection()
        assert (await connection.exec_driver_sql(listeners)).all()
