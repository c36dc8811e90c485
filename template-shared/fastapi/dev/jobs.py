    program = [sys.executable, "-m", "watchfiles", "{{ package_name }}.worker.main", ROOT / "src"]
    atexit.register(Popen(program).terminate)  # noqa: S603 (our own file)
