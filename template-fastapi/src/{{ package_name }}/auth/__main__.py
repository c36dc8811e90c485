"""Create, list and revoke API keys (`--help` lists the commands)."""

import asyncio
import re
import sys
from argparse import ArgumentParser
from argparse import ArgumentTypeError
from argparse import Namespace
from collections.abc import AsyncGenerator
from collections.abc import Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.database import utcnow
from ..core.engine import create_engine
from .keys import Key
from .keys import hash_secret
from .keys import new_secret
from .models import ApiKey
from .models import User
from .scopes import SCOPES


@asynccontextmanager
async def transaction() -> AsyncGenerator[AsyncSession]:
    engine = create_engine()
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session
    finally:
        await engine.dispose()


async def create(given: Namespace) -> str:
    """Create a key for a user, and the user if there is none of that name."""
    secret = new_secret()
    async with transaction() as session:
        user = await session.scalar(select(User).where(User.name == given.user))
        if user is None:
            user = User(name=given.user)
            session.add(user)
            await session.flush()
        key = ApiKey(
            user_id=user.id,
            secret_hash=hash_secret(secret),
            scopes=" ".join(given.scopes),
            expires_at=utcnow() + timedelta(days=given.days),
        )
        session.add(key)
    sys.stderr.write(f"Valid until {key.expires_at:%Y-%m-%d}. The key is not shown again:\n")
    return str(Key(key.id, secret))


async def list_(_: Namespace) -> str:
    async with transaction() as session:
        query = select(ApiKey, User).join_from(ApiKey, User).order_by(User.name, ApiKey.id)
        return "\n".join([_line(key, user) for key, user in await session.execute(query)])


def _line(key: ApiKey, user: User) -> str:
    state = "revoked" if key.revoked_at else "expired" if key.expires_at <= utcnow() else "good"
    used = f"used {key.last_used_on}" if key.last_used_on else "never used"
    return f"{key.id}  {user.name}  {key.scopes}  until {key.expires_at:%Y-%m-%d}  {used}  {state}"


async def revoke(given: Namespace) -> str:
    async with transaction() as session:
        key = await session.get(ApiKey, given.id)
        if key is None:
            raise SystemExit(f"There is no key {given.id}.")
        key.revoked_at = key.revoked_at or utcnow()
    return f"{key.id} is revoked."


def name(text: str) -> str:
    if re.fullmatch(r"[\w.@ -]{1,100}", text):
        return text
    raise ArgumentTypeError("a name has 1 to 100 letters, digits and . @ - _")


def parser() -> ArgumentParser:
    whole = ArgumentParser(prog=f"python -m {__package__}", description=__doc__)
    keys = whole.add_subparsers(required=True).add_parser("keys").add_subparsers(required=True)
    new = keys.add_parser("create", help="create a key for a user; a new user is created too")
    new.add_argument("user", type=name, help="the name of the user: a machine or program")
    new.add_argument("--scopes", nargs="+", choices=SCOPES, default=SCOPES, metavar="SCOPE")
    new.add_argument("--days", type=int, default=365, choices=range(1, 3651), metavar="N")
    new.set_defaults(run=create)
    keys.add_parser("list", help="list all keys, without their secrets").set_defaults(run=list_)
    old = keys.add_parser("revoke", help="revoke a key: it is refused from the next request on")
    old.add_argument("id", type=UUID)
    old.set_defaults(run=revoke)
    return whole


def answer(arguments: Sequence[str]) -> str:
    given = parser().parse_args(arguments)
    said: str = asyncio.run(given.run(given))
    return said


if __name__ == "__main__":
    sys.stdout.write(f"{answer(sys.argv[1:])}\n")
