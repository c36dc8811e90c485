"""Start-up of sign-in at an issuer, and what clients may ask about it."""

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
    """Nothing is asked of the issuer yet: it may be down, and this service starts all the same."""
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
    """Tell where tokens come from: the OpenAPI document is the same whichever issuer that is."""
    issuer: Issuer = request.state.issuer
    return RedirectResponse(metadata_url(issuer.url))
