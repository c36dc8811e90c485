"""What a test has proven, so that it need not prove it again while nothing changes that counts.

A proof is an empty file whose name is a hash of everything that the result depends on: the text
of the tests that did the proving is part of it.
"""

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DAYS = 30  # after which a proof that nobody asked for is deleted


def digest(parts: Iterable[bytes | str]) -> str:
    """Hash texts so that no two lists of texts come to the same by being joined."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8))
        whole.update(content)
    return whole.hexdigest()


@dataclass(frozen=True)
class Proofs:
    """A folder of proofs. Where the folder is missing, nothing is known and nothing is kept."""

    folder: Path

    def knows(self, key: str) -> bool:
        proof = self.folder / key
        if known := proof.is_file():
            proof.touch()
        return known

    def keep(self, key: str) -> None:
        if self.folder.is_dir():
            (self.folder / key).touch()

    def forget_old(self, days: int = DAYS) -> None:
        """Delete what was not asked for lately, so that the folder does not grow for ever."""
        for proof in self.folder.glob("*"):
            if proof.is_file() and proof.stat().st_mtime < time.time() - days * 24 * 3600:
                proof.unlink(missing_ok=True)


def of_the_host() -> Proofs:
    """Give the proofs that this machine keeps: in the folder that PROVEN names, or in .proven.

    Without such a folder everything is proven anew, and so it is at night.
    """
    folder = Path(os.environ.get("PROVEN") or ROOT / ".proven")
    return Proofs(Path(os.devnull) if os.environ.get("NIGHTLY") else folder)
