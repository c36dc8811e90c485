def test_all_clients_of_all_processes_hear_it(
    client: TestClient, serve: Serve, follow: Follow
) -> None:
    (here, _), (there, _) = serve(), serve()
    with follow(here) as one, follow(there) as another:
        for port in (here, there, here):
            created = create(port, client)
            for connection in (one, another):
                assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}
