"""The current user, identified by an access token of the OpenID Connect issuer."""

from typing import Annotated

from fastapi import Depends
from fastapi import HTTPException
from fastapi.requests import HTTPConnection
from fastapi.security import HTTPAuthorizationCredentials
from fastapi.security import HTTPBearer
from fastapi.security import OpenIdConnect
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.database import SessionDep
from .access_tokens import Settings
from .access_tokens import read
from .issuer import PAUSE
from .issuer import Issuer
from .issuer import IssuerUnavailableError
from .models import User

# How clients send a token, and for the OpenAPI document where they get one.
bearer = HTTPBearer(scheme_name="AccessToken", bearerFormat="JWT")
origin = OpenIdConnect(openIdConnectUrl="auth/openid-configuration", auto_error=False)
BearerDep = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]
OriginDep = Annotated[object, Depends(origin)]


async def find_user(
    credential: str, connection: HTTPConnection, session: AsyncSession
) -> User | None:
    """Return the user of a valid token; a new user is created.

    Raises HTTPException: 403 if a scope is missing, 503 if the issuer is unavailable.
    """
    issuer: Issuer = connection.state.issuer
    settings: Settings = connection.state.oidc
    try:
        claims = await read(credential, issuer, settings.oidc_audience)
    except IssuerUnavailableError as error:
        wait = {"Retry-After": str(PAUSE)}
        raise HTTPException(503, "The issuer of access tokens is not available.", wait) from error
    if claims is None:
        return None
    if settings.oidc_scope not in {"", *claims.scope.split()}:
        challenge = f'Bearer error="insufficient_scope", scope="{settings.oidc_scope}"'
        detail = f"The access token lacks the scope {settings.oidc_scope}."
        raise HTTPException(403, detail, {"WWW-Authenticate": challenge})
    return await _get_or_create(session, issuer.url, claims.subject)


async def get_current_user(
    sent: BearerDep, _: OriginDep, connection: HTTPConnection, session: SessionDep
) -> User:
    if user := await find_user(sent.credentials, connection, session):
        return user
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    raise HTTPException(401, "The access token is not valid.", challenge)


async def _get_or_create(session: AsyncSession, issuer: str, subject: str) -> User:
    if user := await _find(session, issuer, subject):
        return user
    try:
        async with session.begin_nested():
            user = User(issuer=issuer, subject=subject)
            session.add(user)
    except IntegrityError:  # another request has created the user meanwhile
        user = await _find(session, issuer, subject)
        if user is None:
            raise
    return user


async def _find(session: AsyncSession, issuer: str, subject: str) -> User | None:
    query = select(User).where(User.issuer == issuer, User.subject == subject)
    return await session.scalar(query)


CurrentUser = Annotated[User, Depends(get_current_user)]
