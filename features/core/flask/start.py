def start(program: str, folder: str) -> str:
    """It stops when this program ends, however that comes about."""
    command = [sys.executable, ROOT / program, ROOT / folder]
    server = Popen(command, stdin=PIPE, stdout=PIPE, text=True)  # noqa: S603 (our own file)
    return server.stdout.readline().strip()
