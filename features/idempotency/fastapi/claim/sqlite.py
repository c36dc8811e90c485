"""Claims a key: one transaction writes at a time, so that a duplicate waits for the first."""

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from .models import IdempotencyKey


async def claim(session: AsyncSession, key: IdempotencyKey) -> bool:
    """Say whether the key is new."""
    columns = {column.key: getattr(key, column.key) for column in key.__table__.columns}
    new = insert(IdempotencyKey).values(columns).on_conflict_do_nothing()
    return await session.scalar(new.returning(IdempotencyKey.id)) is not None
