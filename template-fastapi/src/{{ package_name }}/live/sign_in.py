"""Sign-in over a WebSocket: the client's first message carries its token."""

import asyncio
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import HTTPException
from fastapi import WebSocket
from pydantic import BaseModel
from pydantic import Field
from pydantic import ValidationError

from ..auth import User
from ..auth import find_user
from ..core.database import get_session
from .clients import SERVICE_RESTART
from .origin import POLICY_VIOLATION

SIGN_IN_SECONDS = 10


class SignIn(BaseModel):
    """Browsers set no headers on a WebSocket, and logs would keep a token in the URL."""

    token: str = Field(max_length=4000)


async def sign_in(websocket: WebSocket) -> User | None:
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
