@pytest.mark.parametrize("words", ["", "{}", '{"token": "guessed"}', "x" * 5000])
def test_a_stranger_hears_nothing(stranger: TestClient, words: str) -> None:
    with stranger.websocket_connect("/feed") as socket:
        socket.send_text(words)
        message = socket.receive()
    assert (message["type"], message.get("code")) == ("websocket.close", 1008)


def test_everybody_hears_of_their_own_notes_only(client: TestClient) -> None:
    foreign = {"owner_id": str(uuid4()), "message": NoteDeleted(id=uuid4()).model_dump(mode="json")}
    with following(client) as socket:
        assert client.portal
        client.portal.call(client.app_state["hub"].deliver, str(foreign).replace("'", '"'))
        created = client.post("/notes", json=NOTE).json()
        assert socket.receive_json() == {"type": "note.created", "id": created["id"]}


def test_who_leaves_before_signing_in_is_no_error(stranger: TestClient) -> None:
    with stranger.websocket_connect("/feed"):
        pass


def test_sends_away_whom_the_database_cannot_tell(
    client: TestClient, unreachable_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", unreachable_url)
    with TestClient(client.app) as lost, lost.websocket_connect("/feed") as socket:
        socket.send_json(greeting(client))
        assert closed(socket) == 1012
