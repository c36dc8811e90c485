def test_does_not_wait_for_ever_for_the_first_request(
    client: TestClient, outside: httpx2.Client, start_server: StartServer
) -> None:
    reached = PROCESSES.Event()
    process = start_server("before_commit", reached)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(outside.post, "/notes", json={"title": "Groceries"})
        assert reached.wait(timeout=30)
        again = client.post("/notes", json={"title": "Groceries"}, headers=outside.headers)
        process.kill()

    assert first.exception()
    assert (again.status_code, again.headers["retry-after"]) == (503, "5")
