"""Keys as they are written: `<package>_<id>_<secret>`, so that scanners find a leaked one."""

import re
import secrets
from dataclasses import dataclass
from dataclasses import field
from hashlib import sha256
from string import ascii_letters
from string import digits
from uuid import UUID

PREFIX = __name__.partition(".")[0]
WRITTEN = re.compile(rf"{PREFIX}_([0-9a-f]{{32}})_([A-Za-z0-9]{{43}})")


def new_secret() -> str:
    """Draw 256 random bits, as characters that a double click selects."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(43))


def hash_secret(secret: str) -> str:
    """Only this is kept: once is enough, since no speed of guessing finds 256 random bits.

    Slow hashes are for what people make up, and would make every request as slow.
    """
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Key:
    id: UUID
    secret: str = field(repr=False)

    @classmethod
    def read(cls, text: str) -> "Key | None":
        found = WRITTEN.fullmatch(text)
        return cls(UUID(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{PREFIX}_{self.id.hex}_{self.secret}"

    def fits(self, secret_hash: str) -> bool:
        """Compare in a time that does not tell how much of it is right."""
        return secrets.compare_digest(hash_secret(self.secret), secret_hash)
