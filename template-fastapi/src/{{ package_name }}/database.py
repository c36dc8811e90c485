"""The base of every table, and the session that endpoints ask for."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter
from fastapi import Depends
from fastapi import FastAPI
from fastapi import HTTPException
from fastapi.requests import HTTPConnection
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import async_sessionmaker

from .base import Base
from .base import utcnow
from .engine import create_engine

__all__ = ["Base", "SessionDep", "utcnow"]  # what tables and endpoints need


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    engine = create_engine()
    try:
        yield {"sessions": async_sessionmaker(engine, expire_on_commit=False)}
    finally:
        await engine.dispose()


async def get_session(connection: HTTPConnection) -> AsyncGenerator[AsyncSession]:
    """Open one transaction per request: committed on return, rolled back on any exception."""
    sessions: async_sessionmaker[AsyncSession] = connection.state.sessions
    try:
        async with sessions.begin() as session:
            yield session
    except (exc.OperationalError, exc.TimeoutError) as error:  # it is away, or busy for too long
        logging.getLogger(__name__).warning("The database is not available: %s", error)
        raise HTTPException(503, "The database is not available.", {"Retry-After": "5"}) from error


# With the scope "function" the commit comes *before* the response, so that no client
# is told of a success that the database then refuses.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]

router = APIRouter(lifespan=lifespan)
