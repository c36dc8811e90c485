"""One client of the feed, from its greeting to its close."""

import asyncio
from contextlib import suppress
from uuid import UUID

from fastapi import WebSocket
from fastapi import WebSocketDisconnect
from pydantic import BaseModel

WAITING = 100  # messages
CLOSING_SECONDS = 1

UNWELCOME_SPEECH = 1003
COME_BACK = 1012
TOO_SLOW = 1013


class Client:
    """A queue that is never waited for: who does not keep up has to come back."""

    def __init__(self, owner_id: UUID | None) -> None:
        self.owner_id = owner_id
        self._waiting: asyncio.Queue[BaseModel] = asyncio.Queue(WAITING)
        self._dismissed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def tell(self, message: BaseModel) -> None:
        try:
            self._waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.dismiss(TOO_SLOW)

    def dismiss(self, code: int) -> None:
        if not self._dismissed.done():
            self._dismissed.set_result(code)

    async def serve(self, websocket: WebSocket, seconds: int) -> None:
        """Pass on what is told, until either side has had enough."""
        sending = asyncio.create_task(self._send(websocket))
        listening = asyncio.create_task(_listen(websocket))
        parts = (sending, listening, self._dismissed)
        done, _ = await asyncio.wait(parts, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for part in parts:
            part.cancel()
        await asyncio.wait(parts)
        # A buffer that is full would keep even the close waiting.
        with suppress(WebSocketDisconnect, TimeoutError):
            code = max((part.result() for part in done), default=COME_BACK)
            async with asyncio.timeout(CLOSING_SECONDS):
                await websocket.close(code)

    async def _send(self, websocket: WebSocket) -> int:
        while True:
            message = await self._waiting.get()
            await websocket.send_text(message.model_dump_json())


async def _listen(websocket: WebSocket) -> int:
    """Hear the client leave, and then the code is for nobody. It has nothing else to say."""
    message = await websocket.receive()
    return COME_BACK if message["type"] == "websocket.disconnect" else UNWELCOME_SPEECH
