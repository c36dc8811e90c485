"""Keyset pagination: stable under writes, and as fast on the last page as on the first."""

from typing import Annotated
from typing import Generic
from typing import TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .database import Base

ItemT = TypeVar("ItemT", bound=BaseModel)


class PageQuery(BaseModel):
    limit: int = Field(default=50, ge=1, le=100, description="How many at most.")
    after: UUID | None = Field(default=None, description="The `next` of the previous page.")


PageDep = Annotated[PageQuery, Query()]


class Page(BaseModel, Generic[ItemT]):
    items: list[ItemT]
    next: UUID | None = Field(description="Pass as `after` for the next page; null on the last.")


async def paginate(
    session: AsyncSession, model: type[Base], page: PageQuery, schema: type[ItemT]
) -> Page[ItemT]:
    query = select(model).order_by(model.id).limit(page.limit + 1)
    if page.after is not None:
        query = query.where(model.id > page.after)
    rows = (await session.scalars(query)).all()
    items = [schema.model_validate(row) for row in rows[: page.limit]]
    return Page(items=items, next=rows[page.limit - 1].id if len(rows) > page.limit else None)
