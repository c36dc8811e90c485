"""The format of API keys: `<package>_<id>_<secret>`. The prefix lets secret scanners find leaks."""

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
    """Return 256 random bits as letters and digits, so that a double click selects all of it."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(43))


def hash_secret(secret: str) -> str:
    """Hash a secret for the database, with one round of SHA-256.

    Slow hashes protect passwords, which can be guessed; 256 random bits cannot, and a slow hash
    would slow down every request.
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
        """Compare in constant time."""
        return secrets.compare_digest(hash_secret(self.secret), secret_hash)
