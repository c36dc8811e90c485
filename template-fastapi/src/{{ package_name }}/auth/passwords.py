"""Password hashing with Argon2, which costs time and memory on purpose."""

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
        """Verify a password; without a user, against a dummy hash.

        So the duration does not reveal whether an account exists. Outdated hashes are updated.
        """
        known = user.password_hash if user else self._nobodys
        right, better = await run_in_threadpool(
            self._hashes.verify_and_update, password.get_secret_value(), known
        )
        if user and better:  # hashed with outdated parameters
            user.password_hash = better
        return right and user is not None


async def get_passwords(connection: HTTPConnection) -> AsyncGenerator[Passwords]:
    yield connection.state.passwords


# At most four requests hash at the same time, which bounds the memory; the others wait. Put this
# parameter before the session (and what depends on it), so that no request holds a database
# connection while it waits.
PasswordsDep = Annotated[Passwords, Depends(get_passwords, scope="function", max_concurrency=4)]
