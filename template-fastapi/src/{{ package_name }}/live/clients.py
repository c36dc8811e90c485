"""One WebSocket client: its queue of messages, and how its connection is closed."""

import asyncio
from contextlib import suppress
from uuid import UUID

from fastapi import WebSocket
from fastapi import WebSocketDisconnect
from pydantic import BaseModel

QUEUE_SIZE = 100  # messages
CLOSING_SECONDS = 1

# Close codes of RFC 6455 and its registry.
UNSUPPORTED_DATA = 1003
SERVICE_RESTART = 1012  # the client should reconnect
TRY_AGAIN_LATER = 1013


class Client:
    """A bounded queue of messages. When it is full, the client is disconnected."""

    def __init__(self, owner_id: UUID | None) -> None:
        self.owner_id = owner_id
        self._queue: asyncio.Queue[BaseModel] = asyncio.Queue(QUEUE_SIZE)
        self._close_code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def send(self, message: BaseModel) -> None:
        """Queue a message without waiting."""
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.disconnect(TRY_AGAIN_LATER)

    def disconnect(self, code: int) -> None:
        if not self._close_code.done():
            self._close_code.set_result(code)

    async def serve(self, websocket: WebSocket, seconds: int) -> None:
        """Send queued messages until the client leaves, is disconnected, or the time is up."""
        sending = asyncio.create_task(self._send(websocket))
        receiving = asyncio.create_task(_receive(websocket))
        parts = (sending, receiving, self._close_code)
        done, _ = await asyncio.wait(parts, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for part in parts:
            part.cancel()
        await asyncio.wait(parts)
        # With a full send buffer, even the close frame would wait for a client that does not read.
        with suppress(WebSocketDisconnect, TimeoutError):
            code = max((part.result() for part in done), default=SERVICE_RESTART)
            async with asyncio.timeout(CLOSING_SECONDS):
                await websocket.close(code)

    async def _send(self, websocket: WebSocket) -> int:
        while True:
            message = await self._queue.get()
            await websocket.send_text(message.model_dump_json())


async def _receive(websocket: WebSocket) -> int:
    """Wait for the client to leave. Clients send no messages; one that does is disconnected."""
    message = await websocket.receive()
    return SERVICE_RESTART if message["type"] == "websocket.disconnect" else UNSUPPORTED_DATA
