"""Probes for whoever runs the service; they are no part of the API."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import text

from .database import SessionDep

router = APIRouter(include_in_schema=False)


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@router.api_route("/livez", methods=["GET", "HEAD"])
async def live() -> Health:
    """The process runs. It never looks at the database: a restart would not repair that."""
    return Health()


@router.api_route("/readyz", methods=["GET", "HEAD"])
async def ready(session: SessionDep) -> Health:
    """The process can serve requests; without its database a session answers 503."""
    await session.execute(text("SELECT 1"))
    return Health()
