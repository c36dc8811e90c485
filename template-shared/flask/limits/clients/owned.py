"""Who counts as one client: a user, wherever they are; or else an address."""

from flask import session
from flask_limiter.util import get_remote_address


def client() -> str:
    """Believe the session, which is signed, without asking the database."""
    user = session.get("_user_id")
    return f"user {user}" if user else f"address {get_remote_address()}"
