"""The base class of tables, and the session of a request (`SessionDep`)."""

import logging
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC
from datetime import datetime
from typing import Annotated
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi import Depends
from fastapi import FastAPI
from fastapi import HTTPException
from fastapi.requests import HTTPConnection
from sqlalchemy import DateTime
from sqlalchemy import Dialect
from sqlalchemy import MetaData
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import MappedAsDataclass
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from .engine import create_engine

if sys.version_info >= (3, 14):
    from uuid import uuid7
else:
    from uuid_utils.compat import uuid7


class UTCDateTime(TypeDecorator[datetime]):
    """A timezone-aware datetime in UTC. SQLite stores no time zone, so it is restored on load."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def utcnow() -> datetime:
    return datetime.now(UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base class of tables. The id (UUIDv7) is ordered by time: pagination depends on it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UTCDateTime}

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid7, init=False)
    created_at: Mapped[datetime] = mapped_column(default_factory=utcnow, init=False)
    updated_at: Mapped[datetime] = mapped_column(
        default_factory=utcnow, onupdate=utcnow, init=False
    )


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
        async with sessions() as session:
            yield session
            await session.commit()
    except (exc.OperationalError, exc.TimeoutError) as error:  # unavailable, or locked for too long
        logging.getLogger(__name__).warning("The database is not available: %s", error)
        raise HTTPException(503, "The database is not available.", {"Retry-After": "5"}) from error


# With the scope "function", the commit comes before the response, which reports its failure.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]

router = APIRouter(lifespan=lifespan)
