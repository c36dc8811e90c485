"""Access tokens: signed claims (JWT) of which user asks, and where that user signed in."""

from datetime import timedelta
from hashlib import sha256
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import Depends
from fastapi.requests import HTTPConnection
from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import Field
from pydantic import SecretStr

from ..core.database import utcnow
from ..core.settings import Environment

ALGORITHM = "HS256"
REQUIRED = ["aud", "exp", "iat", "iss", "sid", "sub"]
SERVICE = __name__.partition(".")[0]  # issues the tokens, and is whom they are for
SHORTEST_KEY = 32  # bytes, as RFC 7518 asks for


def _split(keys: SecretStr) -> list[str]:
    return [key.strip() for key in keys.get_secret_value().split(",")]


def _long(keys: SecretStr) -> SecretStr:
    if any(len(key.encode()) < SHORTEST_KEY for key in _split(keys)):
        raise ValueError
    return keys


class Settings(Environment):
    access_minutes: int = Field(default=15, gt=0)
    secret_keys: Annotated[SecretStr, AfterValidator(_long)] = Field(
        description="random text of 32 characters or more; after a comma, the key before it"
    )


class Claims(BaseModel):
    sub: UUID
    sid: UUID


class Signer:
    """Sign with the first key, and accept what any of them has signed: so they can be changed."""

    def __init__(self) -> None:
        settings = Settings()
        keys = _split(settings.secret_keys)
        self.keys = {sha256(key.encode()).hexdigest()[:16]: key for key in keys}
        self.lifetime = timedelta(minutes=settings.access_minutes)

    def sign(self, user_id: UUID, sign_in_id: UUID) -> str:
        now = utcnow()
        times = {"iat": now, "exp": now + self.lifetime}
        claims = {"iss": SERVICE, "aud": SERVICE, "sub": str(user_id), "sid": str(sign_in_id)}
        kid, key = next(iter(self.keys.items()))
        return jwt.encode(claims | times, key, ALGORITHM, headers={"kid": kid})

    def read(self, token: str) -> Claims | None:
        try:
            key = self.keys[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=SERVICE,
                issuer=SERVICE,
                options={"require": REQUIRED},
            )
            return Claims.model_validate(claims)
        except (KeyError, ValueError, jwt.PyJWTError):
            return None


async def get_signer(connection: HTTPConnection) -> Signer:
    signer: Signer = connection.state.signer
    return signer


SignerDep = Annotated[Signer, Depends(get_signer)]
