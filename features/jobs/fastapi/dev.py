    worker = [sys.executable, "-m", "watchfiles", f"{PACKAGE}.worker.main", source]
    atexit.register(Popen(worker).terminate)  # noqa: S603 (our own file)
