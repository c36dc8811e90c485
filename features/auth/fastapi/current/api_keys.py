"""The user who makes a request, as its API key says."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from fastapi import HTTPException
from fastapi.requests import HTTPConnection
from fastapi.security import HTTPAuthorizationCredentials
from fastapi.security import HTTPBearer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.database import SessionDep
from ..core.database import utcnow
from .keys import Key
from .models import ApiKey
from .models import User

# As a bearer token rather than in a header of our own: proxies and logs know that this one is
# secret, caches that its answers are, and clients what the errors mean (RFC 6750).
bearer = HTTPBearer(scheme_name="APIKey", description="A key that whoever runs this hands out.")
# For the OpenAPI document. It says of each scheme which scopes are needed, and so FastAPI would
# not share one look at the key between dependencies that need different ones.
Described = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]


@dataclass(frozen=True)
class Grant:
    """A good key, and whose it is."""

    key: ApiKey
    user: User


async def find_grant(credential: str, session: AsyncSession) -> Grant | None:
    if shown := Key.read(credential):
        query = select(ApiKey, User).join_from(ApiKey, User).where(ApiKey.id == shown.id)
        found = (await session.execute(query)).one_or_none()
        if found and shown.fits(found[0].secret_hash) and _is_good(found[0]):
            _note_use(found[0])
            return Grant(*found)
    return None


def _is_good(key: ApiKey) -> bool:
    return key.revoked_at is None and utcnow() < key.expires_at


def _note_use(key: ApiKey) -> None:
    """Note the day: that tells which keys nobody needs, and is no write for each request."""
    today = utcnow().date()
    if key.last_used_on != today:
        key.last_used_on = today


async def get_grant(connection: HTTPConnection, session: SessionDep) -> Grant:
    credentials = await bearer(connection)
    if credentials and (grant := await find_grant(credentials.credentials, session)):
        return grant
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    raise HTTPException(401, "The API key is not valid.", challenge)


async def find_user(credential: str, _: HTTPConnection, session: AsyncSession) -> User | None:
    """Find who may listen in on changes: whose key is good for reading."""
    grant = await find_grant(credential, session)
    return grant.user if grant and "notes:read" in grant.key.scopes.split() else None


GrantDep = Annotated[Grant, Depends(get_grant)]


async def get_current_user(grant: GrantDep, _: Described) -> User:
    return grant.user


CurrentUser = Annotated[User, Depends(get_current_user)]
