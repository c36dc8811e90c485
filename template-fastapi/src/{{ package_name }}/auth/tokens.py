"""Access tokens: signed JWTs that name the user and the sign-in."""

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
SERVICE = __name__.partition(".")[0]  # both issuer and audience of the tokens
SHORTEST_KEY = 32  # bytes, the minimum of RFC 7518 for HS256


def _split(keys: SecretStr) -> list[str]:
    return [key.strip() for key in keys.get_secret_value().split(",")]


def _long(keys: SecretStr) -> SecretStr:
    if any(len(key.encode()) < SHORTEST_KEY for key in _split(keys)):
        raise ValueError
    return keys


class Settings(Environment):
    access_minutes: int = Field(default=15, gt=0)
    secret_keys: Annotated[SecretStr, AfterValidator(_long)] = Field(
        description="Set it to random text of 32 characters or more, as .env.example shows;"
        " several keys are separated by commas"
    )


class Claims(BaseModel):
    sub: UUID
    sid: UUID


class Signer:
    """Signs with the first key and accepts signatures of all keys, so that keys can be rotated."""

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
