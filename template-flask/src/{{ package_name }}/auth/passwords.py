"""Passwords, of which only a hash is kept: scrypt, which takes time and memory on purpose."""

from threading import BoundedSemaphore

from flask import current_app
from werkzeug.security import check_password_hash
from werkzeug.security import generate_password_hash

from .models import User

# Long, and of any characters: that is all NIST SP 800-63B-4 asks where a password is all there is.
SHORTEST = 15
LONGEST = 1024

TURNS = BoundedSemaphore(4)  # for the sake of memory: whoever signs in at the same time waits


def method() -> str:
    """Name what the settings ask for: N blocks of 1 KiB are filled, and read at random."""
    return f"scrypt:{current_app.config['SCRYPT_MEMORY_KIB']}:8:1"


def hashed(password: str) -> str:
    with TURNS:
        return generate_password_hash(password, method())


def is_right(password: str, user: User | None) -> bool:
    """Take as long where there is no such user: to sign in tells nobody who has an account."""
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
