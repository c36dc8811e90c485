"""Signed tokens for links to reset a password: they expire, and work once."""

from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature
from itsdangerous import URLSafeTimedSerializer

from ..auth import User
from ..core.database import db


def token_for(user: User) -> str:
    return _serializer().dumps([user.id.hex, _fingerprint(user)])


def find_user(token: str) -> User | None:
    """The user of a token; None if it is expired, used, malformed or forged."""
    try:
        given = _serializer().loads(token, max_age=current_app.config["RESET_LINK_AGE"])
    except BadSignature:
        return None
    user = db.session.get(User, UUID(given[0]))
    good = user and user.is_active and compare_digest(_fingerprint(user), given[1])
    return user if good else None


def _fingerprint(user: User) -> str:
    """Bind a token to the current password hash, so that it is invalid after the change."""
    return sha256(user.password_hash.encode()).hexdigest()[:32]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password reset")
