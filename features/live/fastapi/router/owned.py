"""The endpoint of the feed: people hear of their own notes."""

import asyncio
from contextlib import asynccontextmanager
from contextlib import suppress
from http import HTTPStatus

from fastapi import APIRouter
from fastapi import Depends
from fastapi import HTTPException
from fastapi import WebSocket
from fastapi import WebSocketDisconnect
from pydantic import BaseModel
from pydantic import Field
from pydantic import ValidationError

from ..auth import User
from ..auth import find_user
from ..database import get_session
from .clients import COME_BACK
from .feed import HubDep
from .feed import lifespan
from .origin import POLICY
from .origin import check_origin

SIGN_IN_SECONDS = 10

router = APIRouter(dependencies=[Depends(check_origin)], lifespan=lifespan)


class SignIn(BaseModel):
    """Comes first: browsers set no headers on a WebSocket, and addresses end up in logs."""

    token: str = Field(max_length=4000)


@router.websocket("/feed")
async def follow(websocket: WebSocket, hub: HubDep) -> None:
    await websocket.accept()
    with suppress(WebSocketDisconnect):  # before it has begun
        if user := await _signed_in(websocket):
            with hub.client(user.id) as client:
                await client.serve(websocket, hub.seconds)


async def _signed_in(websocket: WebSocket) -> User | None:
    """Close on whoever may not listen, or cannot be told from others at the moment."""
    code, reason = POLICY, "Sign in first, with a token that is good for this."
    try:
        async with asyncio.timeout(SIGN_IN_SECONDS):
            first = SignIn.model_validate_json(await websocket.receive_text())
        # A session of its own: SessionDep would keep its connection for as long as this one.
        async with asynccontextmanager(get_session)(websocket) as session:
            if user := await find_user(first.token, websocket, session):
                return user
    except (KeyError, TimeoutError, ValidationError):
        pass  # nothing, or no text, or another text
    except HTTPException as error:
        if error.status_code != HTTPStatus.FORBIDDEN:
            code, reason = COME_BACK, error.detail
    await websocket.close(code, reason)
    return None
