    app.extensions["injector"].binder.bind(Clock, to=StoppedClock())
    assert numbers(client)[3] == "3"
