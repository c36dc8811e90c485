"""The start-up of OpenID Connect, and endpoints about the current user and the issuer."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

from fastapi import APIRouter
from fastapi import FastAPI
from fastapi import Request
from fastapi.responses import RedirectResponse
from httpx2 import AsyncClient
from pydantic import BaseModel
from pydantic import Field

from ..core.problems import problems
from .access_tokens import Settings
from .current import CurrentUser
from .issuer import Issuer
from .issuer import metadata_url


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    """Connect to the issuer lazily, so that the service starts while the issuer is unavailable."""
    settings = Settings()
    async with AsyncClient() as client:
        yield {"issuer": Issuer(settings.oidc_issuer, client), "oidc": settings}


router = APIRouter(prefix="/auth", tags=["auth"], lifespan=lifespan)


class UserRead(BaseModel):
    id: UUID
    issuer: str
    subject: str = Field(description="What the issuer calls this user.")


@router.get("/me", responses=problems(401, 403, 503))
async def get_me(user: CurrentUser) -> UserRead:
    """Tell who makes this request."""
    return UserRead(id=user.id, issuer=user.issuer, subject=user.subject)


@router.get("/openid-configuration", include_in_schema=False)
async def get_openid_configuration(request: Request) -> RedirectResponse:
    """Redirect to the issuer, so that the OpenAPI document does not depend on which it is."""
    issuer: Issuer = request.state.issuer
    return RedirectResponse(metadata_url(issuer.url))
