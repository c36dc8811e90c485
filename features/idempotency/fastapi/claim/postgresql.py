"""Claims a key, by a lock until the end: a duplicate of what still runs is refused."""

from fastapi import HTTPException
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from .models import IdempotencyKey


async def claim(session: AsyncSession, key: IdempotencyKey) -> bool:
    """Say whether the key is new."""
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(key.digest, 0))
    if not await session.scalar(select(lock)):
        raise HTTPException(409, "The first request still runs.", {"Retry-After": "1"})
    columns = {column.key: getattr(key, column.key) for column in key.__table__.columns}
    new = insert(IdempotencyKey).values(columns).on_conflict_do_nothing()
    return await session.scalar(new.returning(IdempotencyKey.id)) is not None
