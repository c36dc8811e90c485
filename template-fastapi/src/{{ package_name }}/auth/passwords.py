"""Passwords, of which only a hash is kept: Argon2, which takes time and memory on purpose."""

from collections.abc import AsyncGenerator
from secrets import token_urlsafe
from typing import Annotated

from fastapi import Depends
from fastapi.concurrency import run_in_threadpool
from fastapi.requests import HTTPConnection
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import Field
from pydantic import SecretStr

from ..core.settings import Environment
from .models import User


class Settings(Environment):
    argon2_memory_kib: int = Field(default=64 * 1024, ge=32)


class Passwords:
    def __init__(self) -> None:
        self._hashes = PasswordHash([Argon2Hasher(memory_cost=Settings().argon2_memory_kib)])
        self._nobodys = self._hashes.hash(token_urlsafe())

    async def hash(self, password: SecretStr) -> str:
        return await run_in_threadpool(self._hashes.hash, password.get_secret_value())

    async def check(self, password: SecretStr, user: User | None) -> bool:
        """Take as long where there is no such user, so that nobody learns who has an account."""
        known = user.password_hash if user else self._nobodys
        right, better = await run_in_threadpool(
            self._hashes.verify_and_update, password.get_secret_value(), known
        )
        if user and better:  # hashed with other settings than today's
            user.password_hash = better
        return right and user is not None


async def get_passwords(connection: HTTPConnection) -> AsyncGenerator[Passwords]:
    yield connection.state.passwords


# A few at a time, for the sake of memory; the others wait. Ask for it before the session (or
# whatever uses that), so that nobody waits with a connection to the database in hand.
PasswordsDep = Annotated[Passwords, Depends(get_passwords, scope="function", max_concurrency=4)]
