@pytest.fixture(autouse=True)
def _many_notes(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["notes", "seed"]).exit_code == 0
