"""Computing off the event loop: few threads, a short queue, and then an honest refusal."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Semaphore
from typing import Self
from typing import TypeVar

from fastapi import HTTPException
from pydantic import Field
from threadpoolctl import threadpool_limits

from ..core.settings import Environment

ResultT = TypeVar("ResultT")


class Settings(Environment):
    prediction_threads: int = Field(default=1, ge=1)
    prediction_queue: int = Field(default=8, ge=0)


class Threads:
    """Requests beyond those at work and those in the queue are told to come back."""

    def __init__(self, threads: int, queue: int) -> None:
        self._places = Semaphore(threads + queue)
        # One core for each: what a library would start on its own comes on top of nobody's.
        self._pool = ThreadPoolExecutor(
            threads, "predictions", initializer=threadpool_limits, initargs=(1,)
        )

    async def run(self, work: Callable[[], ResultT]) -> ResultT:
        if not self._places.acquire(blocking=False):
            raise HTTPException(503, "Too many predictions at once.", {"Retry-After": "1"})
        future = self._pool.submit(copy_context().run, work)
        # Not when the client has gone: its place is free once the thread is.
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
