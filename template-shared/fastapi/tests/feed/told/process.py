def test_who_comes_back_hears_again(client: TestClient, serve: Serve) -> None:
    server = serve()
    for _ in range(2):
        with following(server, client) as connection:
            created = create(server, client)
            assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}
