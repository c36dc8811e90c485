"""The endpoint that tells clients whether their key is valid, and its scopes."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from pydantic import Field

from ..core.problems import problems
from .current import CurrentUser
from .current import GrantDep

router = APIRouter(prefix="/auth", tags=["auth"])


class KeyRead(BaseModel):
    id: UUID
    user: str = Field(description="Whose key this is.")
    scopes: list[str]
    expires_at: datetime


@router.get("/key", responses=problems(401))
async def get_key(grant: GrantDep, user: CurrentUser) -> KeyRead:
    """Tell about the key of this request."""
    key = grant.key
    scopes = key.scopes.split()
    return KeyRead(id=key.id, user=user.name, scopes=scopes, expires_at=key.expires_at)
