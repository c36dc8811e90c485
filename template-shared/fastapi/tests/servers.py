@contextmanager
def running(program: str) -> Iterator[str]:
    """Run a server of our own, and give its URL."""
    command = [sys.executable, str(ROOT / f"{program}.py")]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as server:  # noqa: S603 (our own file)
        assert server.stdout
        yield server.stdout.readline().strip()
