@contextmanager
def running(program: str, *folder: str) -> Iterator[str]:
    """Start a server and return its URL. With a folder, it persists its data."""
    command = [sys.executable, str(ROOT / f"{program}.py"), *folder]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as server:  # noqa: S603 (our own file)
        assert server.stdout
        yield server.stdout.readline().strip()


@pytest.fixture(scope="session")
def run_server() -> Callable[..., AbstractContextManager[str]]:
    return running
