@pytest.fixture(autouse=True)
def _many_notes(app: Flask, client: FlaskClient) -> None:
    assert client.get("/notes/").status_code == 200
    command = ["notes", "seed", "ada@example.com"]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0
