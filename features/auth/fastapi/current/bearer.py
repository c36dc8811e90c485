"""The current user, identified by the access token of the request."""

from typing import Annotated

from fastapi import Depends
from fastapi import HTTPException
from fastapi.requests import HTTPConnection
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.database import SessionDep
from .models import SignIn
from .models import User
from .tokens import get_signer

TokenDep = Annotated[str, Depends(OAuth2PasswordBearer("auth/token"))]


async def find_user(
    credential: str, connection: HTTPConnection, session: AsyncSession
) -> User | None:
    """Return the user of a valid token whose sign-in has not ended."""
    signer = await get_signer(connection)
    claims = signer.read(credential)
    if claims is None:
        return None
    query = select(User).join(SignIn, SignIn.user_id == User.id)
    return await session.scalar(query.where(User.id == claims.sub, SignIn.id == claims.sid))


async def get_current_user(
    token: TokenDep, connection: HTTPConnection, session: SessionDep
) -> User:
    if user := await find_user(token, connection, session):
        return user
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    raise HTTPException(401, "The access token is not valid.", challenge)


CurrentUser = Annotated[User, Depends(get_current_user)]
