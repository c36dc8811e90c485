def test_refuses_a_repetition_while_the_first_request_runs(
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
    assert (again.status_code, again.headers["retry-after"]) == (409, "1")
