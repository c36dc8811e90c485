    with get_app_container(app).override({Clock: StoppedClock()}):
        assert numbers(client)[3] == "3"
    assert numbers(client)[3] == "0"
