"""A thread pool with a bounded queue, which computes off the event loop."""

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
    """Runs functions in threads. When all threads and the queue are full, it answers 503."""

    def __init__(self, threads: int, queue: int) -> None:
        self._places = Semaphore(threads + queue)
        # One core per thread: libraries must not start threads of their own.
        self._pool = ThreadPoolExecutor(
            threads, "predictions", initializer=threadpool_limits, initargs=(1,)
        )

    async def run(self, work: Callable[[], ResultT]) -> ResultT:
        if not self._places.acquire(blocking=False):
            raise HTTPException(503, "Too many predictions at the same time.", {"Retry-After": "1"})
        future = self._pool.submit(copy_context().run, work)
        # When the thread has finished: it goes on even if the client disconnects.
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
