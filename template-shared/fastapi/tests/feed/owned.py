@pytest.mark.parametrize("words", ["", "{}", '{"token": "guessed"}', "x" * 5000])
def test_a_stranger_hears_nothing(stranger: TestClient, words: str) -> None:
    with stranger.websocket_connect("/feed") as socket:
        socket.send_text(words)
        assert closed(socket) == 1008


def test_everybody_hears_of_their_own_notes_only(client: TestClient) -> None:
    foreign = {"owner_id": str(uuid4()), "message": NoteDeleted(id=uuid4()).model_dump(mode="json")}
    with following(client) as socket:
        assert client.portal
        client.portal.call(client.app_state["hub"].deliver, str(foreign).replace("'", '"'))
        created = client.post("/notes", json=NOTE).json()
        assert socket.receive_json() == {"type": "note.created", "id": created["id"]}
