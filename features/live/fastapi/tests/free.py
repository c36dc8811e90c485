def test_everybody_hears_everything(client: TestClient) -> None:
    with following(client) as one, following(client) as another:
        created = client.post("/notes", json=NOTE).json()
        for socket in (one, another):
            assert socket.receive_json() == {"type": "note.created", "id": created["id"]}
