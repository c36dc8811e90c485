"""The endpoint of the feed: people hear of their own notes."""

import asyncio

from fastapi import APIRouter
from fastapi import Depends
from fastapi import WebSocket
from pydantic import BaseModel
from pydantic import Field
from pydantic import ValidationError

from .. import Environment
from ..auth import User
from ..auth import find_user
from .feed import HubDep
from .feed import lifespan
from .origin import POLICY
from .origin import check_origin

SIGN_IN_SECONDS = 10

router = APIRouter(dependencies=[Depends(check_origin)], lifespan=lifespan)


class Settings(Environment):
    feed_seconds: int = Field(default=900, gt=0)


class SignIn(BaseModel):
    """Comes first: browsers set no headers on a WebSocket, and addresses end up in logs."""

    token: str = Field(max_length=4000)


@router.websocket("/feed")
async def follow(websocket: WebSocket, hub: HubDep) -> None:
    await websocket.accept()
    user = await _signed_in(websocket)
    if user is None:
        await websocket.close(POLICY, "Sign in first.")
        return
    with hub.client(user.id) as client:
        await client.serve(websocket, Settings().feed_seconds)


async def _signed_in(websocket: WebSocket) -> User | None:
    try:
        async with asyncio.timeout(SIGN_IN_SECONDS):
            first = SignIn.model_validate_json(await websocket.receive_text())
    except (KeyError, TimeoutError, ValidationError):  # nothing, or no text, or another text
        return None
    # A session of its own: that of a request would keep its connection for as long as this one.
    async with websocket.state.sessions.begin() as session:
        return await find_user(first.token, websocket, session)
