"""`python -m … old.json new.json` prints each break, and fails if there is one."""

import json
import sys
from pathlib import Path

from . import breaks


def main(old: str, new: str) -> str | None:
    if not Path(old).exists():
        return None  # nothing has been published
    documents = (json.loads(Path(path).read_text(encoding="utf-8")) for path in (old, new))
    return "\n".join(breaks(*documents)) or None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
