"""Sign-ins: started with a password, extended with refresh tokens, and revocable at any time."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.requests import HTTPConnection
from pydantic import Field
from pydantic import SecretStr
from sqlalchemy import delete
from sqlalchemy import update

from ..core.database import SessionDep
from ..core.database import utcnow
from ..core.settings import Environment
from .models import SignIn
from .schemas import Tokens
from .tokens import SignerDep


class Settings(Environment):
    refresh_days: int = Field(default=30, gt=0)


class SignIns:
    """Sign-ins of users. A refresh token consists of the id of a sign-in and a rotating secret."""

    def __init__(self, session: SessionDep, signer: SignerDep, connection: HTTPConnection) -> None:
        self.session = session
        self.signer = signer
        self.lifetime = timedelta(days=connection.state.refresh_days)

    async def begin(self, user_id: UUID) -> Tokens:
        expired = delete(SignIn).where(SignIn.user_id == user_id, SignIn.expires_at < utcnow())
        await self.session.execute(expired)
        secret = token_urlsafe(32)
        sign_in = SignIn(
            user_id=user_id, secret_hash=_hash(secret), expires_at=utcnow() + self.lifetime
        )
        self.session.add(sign_in)
        await self.session.flush()
        return self._tokens(user_id, sign_in.id, secret)

    async def prolong(self, token: SecretStr) -> Tokens | None:
        """Rotate a refresh token. One that is used twice may be stolen: it ends the sign-in."""
        sign_in_id, secret = _parts(token)
        new = token_urlsafe(32)
        query = (
            update(SignIn)
            .where(SignIn.id == sign_in_id, SignIn.secret_hash == _hash(secret))
            .where(SignIn.expires_at > utcnow())
            .values(secret_hash=_hash(new), expires_at=utcnow() + self.lifetime)
            .returning(SignIn.user_id)
        )
        user_id = await self.session.scalar(query)
        if user_id is None:
            await self.end(token)
            return None
        return self._tokens(user_id, sign_in_id, new)

    async def end(self, token: SecretStr) -> None:
        await self.session.execute(delete(SignIn).where(SignIn.id == _parts(token)[0]))

    async def end_all(self, user_id: UUID) -> None:
        await self.session.execute(delete(SignIn).where(SignIn.user_id == user_id))

    def _tokens(self, user_id: UUID, sign_in_id: UUID, secret: str) -> Tokens:
        return Tokens(
            access_token=self.signer.sign(user_id, sign_in_id),
            expires_in=int(self.signer.lifetime.total_seconds()),
            refresh_token=f"{sign_in_id.hex}.{secret}",
        )


def _parts(token: SecretStr) -> tuple[UUID, str]:
    sign_in_id, _, secret = token.get_secret_value().partition(".")
    try:
        return UUID(sign_in_id), secret
    except ValueError:
        return UUID(int=0), secret  # matches no sign-in


def _hash(secret: str) -> str:
    """Hash with one round of SHA-256: unlike a password, the secret is too random to guess."""
    return sha256(secret.encode()).hexdigest()


SignInsDep = Annotated[SignIns, Depends()]
