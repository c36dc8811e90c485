"""The WebSocket endpoint of live updates."""

from fastapi import APIRouter
from fastapi import Depends
from fastapi import WebSocket

from .dependencies import HubDep
from .dependencies import lifespan
from .origin import check_origin

router = APIRouter(dependencies=[Depends(check_origin)], lifespan=lifespan)


@router.websocket("/feed")
async def follow(websocket: WebSocket, hub: HubDep) -> None:
    await websocket.accept()
    with hub.client(None) as client:
        await client.serve(websocket, hub.seconds)
