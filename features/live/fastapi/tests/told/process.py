def test_all_clients_of_a_process_hear_it(client: TestClient, serve: Serve, follow: Follow) -> None:
    port, _ = serve()
    with follow(port) as one, follow(port) as another:
        created = create(port, client)
        for connection in (one, another):
            assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}


def test_who_comes_back_hears_again(client: TestClient, serve: Serve, follow: Follow) -> None:
    port, _ = serve()
    for _ in range(2):
        with follow(port) as connection:
            created = create(port, client)
            assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}
