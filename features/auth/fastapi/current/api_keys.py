"""The current user, identified by the API key of the request."""

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

# A bearer token rather than a custom header: proxies, logs and caches treat `Authorization` as
# secret, and clients know the errors (RFC 6750).
bearer = HTTPBearer(scheme_name="APIKey", description="A key that whoever runs this hands out.")
# Only for the OpenAPI document. FastAPI caches a dependency for each set of scopes, so the key
# would be looked up more than once if `get_grant` depended on `bearer`.
Described = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]


@dataclass(frozen=True)
class Grant:
    """A valid key and its user."""

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
    """Record the day of the last use, which shows unused keys and costs one write a day."""
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
    """Return the user of a valid key with the scope `notes:read` (for WebSockets)."""
    grant = await find_grant(credential, session)
    return grant.user if grant and "notes:read" in grant.key.scopes.split() else None


GrantDep = Annotated[Grant, Depends(get_grant)]


async def get_current_user(grant: GrantDep, _: Described) -> User:
    return grant.user


CurrentUser = Annotated[User, Depends(get_current_user)]
