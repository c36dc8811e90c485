"""Find accounts by e-mail address, and create them."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..core.database import db
from .models import User
from .passwords import hashed


def find(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.lower()))


def create(email: str, password: str, *, is_admin: bool = False) -> User | None:
    """Create an account; returns None if the address already has one."""
    user = User(email=email, password_hash=hashed(password), is_admin=is_admin)
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return None
    return user
