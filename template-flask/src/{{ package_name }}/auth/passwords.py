"""Password hashes by scrypt, which is slow and needs memory on purpose."""

from threading import BoundedSemaphore

from flask import current_app
from werkzeug.security import check_password_hash
from werkzeug.security import generate_password_hash

from .models import User

# NIST SP 800-63B-4 asks for length only, not for kinds of characters, without a second factor.
SHORTEST = 15
LONGEST = 1024

TURNS = BoundedSemaphore(4)  # hashes at a time, which bounds the memory; other requests wait


def method() -> str:
    """The method of Werkzeug for `SCRYPT_MEMORY_KIB`: scrypt with N blocks of 1 KiB."""
    return f"scrypt:{current_app.config['SCRYPT_MEMORY_KIB']}:8:1"


def hashed(password: str) -> str:
    with TURNS:
        return generate_password_hash(password, method())


def is_right(password: str, user: User | None) -> bool:
    """Hash also for an unknown user, so that the time does not reveal who has an account."""
    if user is None:
        hashed(password)
        return False
    with TURNS:
        right = check_password_hash(user.password_hash, password)
    if not right:
        return False
    if not user.password_hash.startswith(f"{method()}$"):
        user.password_hash = hashed(password)  # the settings have changed
    return user.is_active
