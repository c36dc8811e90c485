"""The WebSocket endpoint of live updates: users are notified of changes of their own notes."""

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
from ..core.database import get_session
from .clients import SERVICE_RESTART
from .dependencies import HubDep
from .dependencies import lifespan
from .origin import POLICY_VIOLATION
from .origin import check_origin

SIGN_IN_SECONDS = 10

router = APIRouter(dependencies=[Depends(check_origin)], lifespan=lifespan)


class SignIn(BaseModel):
    """The client's first message.

    Browsers set no headers on a WebSocket, and a token in the URL would end up in logs.
    """

    token: str = Field(max_length=4000)


@router.websocket("/feed")
async def follow(websocket: WebSocket, hub: HubDep) -> None:
    await websocket.accept()
    with suppress(WebSocketDisconnect):  # the client may leave before it has signed in
        if user := await _sign_in(websocket):
            with hub.client(user.id) as client:
                await client.serve(websocket, hub.seconds)


async def _sign_in(websocket: WebSocket) -> User | None:
    """Read the token, and close the connection if it is not valid or cannot be checked now."""
    code, reason = POLICY_VIOLATION, "Sign in first, with a valid token."
    try:
        async with asyncio.timeout(SIGN_IN_SECONDS):
            first = SignIn.model_validate_json(await websocket.receive_text())
        # A session of its own: SessionDep would hold its connection as long as the WebSocket lasts.
        async with asynccontextmanager(get_session)(websocket) as session:
            if user := await find_user(first.token, websocket, session):
                return user
    except (KeyError, TimeoutError, ValidationError):
        pass  # the message is missing, binary or not a SignIn
    except HTTPException as error:
        if error.status_code != HTTPStatus.FORBIDDEN:
            code, reason = SERVICE_RESTART, error.detail
    await websocket.close(code, reason)
    return None
