    worker = [sys.executable, "-m", "watchfiles", app.replace("main:app", "worker.main"), source]
    atexit.register(Popen(worker).terminate)  # noqa: S603 (our own file)
