def test_all_clients_of_a_process_hear_it(client: TestClient, serve: Serve) -> None:
    server = serve()
    with following(server, client) as one, following(server, client) as another:
        created = create(server, client)
        for connection in (one, another):
            assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}
