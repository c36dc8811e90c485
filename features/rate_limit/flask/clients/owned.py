"""Who counts as one client: a user, wherever they are; or else an address."""

from hashlib import sha256

from flask import session
from flask_limiter.util import get_remote_address


def client() -> str:
    """Believe the session, which is signed, without asking the database.

    Whoever reads the log or Redis must not learn the key: it is as good as a password.
    """
    if key := session.get("_user_id"):
        return f"user {sha256(key.encode()).hexdigest()[:32]}"
    return f"address {get_remote_address()}"
