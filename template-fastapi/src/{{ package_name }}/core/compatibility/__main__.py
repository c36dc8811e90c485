"""Print the breaking changes between two OpenAPI documents, and fail if there are any.

`python -m <package>.core.compatibility old.json new.json`
"""

import json
import sys
from pathlib import Path

from . import breaks


def main(old: str, new: str) -> str | None:
    if not Path(old).exists():
        return None  # no document has been published yet
    documents = (json.loads(Path(path).read_text(encoding="utf-8")) for path in (old, new))
    return "\n".join(breaks(*documents)) or None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
