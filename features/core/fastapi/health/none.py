"""Probes for whoever runs the service; they are no part of the API."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(include_in_schema=False)


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@router.api_route("/livez", methods=["GET", "HEAD"])
async def live() -> Health:
    """The process runs."""
    return Health()


@router.api_route("/readyz", methods=["GET", "HEAD"])
async def ready() -> Health:
    """The process can serve requests: it needs nothing else."""
    return Health()
