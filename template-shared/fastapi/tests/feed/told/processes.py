def test_all_clients_of_all_processes_hear_it(client: TestClient, serve: Serve) -> None:
    here, there = serve(), serve()
    with following(here, client) as one, following(there, client) as another:
        for server in (here, there, here):
            created = create(server, client)
            for connection in (one, another):
                assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}


def test_who_may_have_missed_something_is_told_to_come_back(
    client: TestClient, serve: Serve
) -> None:
    server = serve()
    with following(server, client) as connection:
        assert client.portal
        client.portal.call(interrupt, client)
        assert closed(connection) == 1012
    with following(server, client) as connection:
        created = create(server, client)
        assert json.loads(connection.recv(10)) == {"type": "note.created", "id": created}
