"""Notes as bare as FastAPI allows: no log, no headers, no limits, no problem details.

Only the engine comes from the generated project, so that driver, pool and pragmas are the same.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi import FastAPI
from fastapi import HTTPException
from fastapi import Query
from field_notes.engine import create_engine
from pydantic import BaseModel
from pydantic import ConfigDict
from sqlalchemy import DateTime
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class NoteRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    body: str
    created_at: datetime
    updated_at: datetime


class Page(BaseModel):
    items: list[NoteRead]
    next: UUID | None


engine = create_engine()
sessions = async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    yield
    await engine.dispose()


async def get_session() -> AsyncGenerator[AsyncSession]:
    async with sessions() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]

app = FastAPI(lifespan=lifespan)


@app.get("/livez")
async def live() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/notes")
async def list_notes(
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    after: UUID | None = None,
) -> Page:
    query = select(Note).order_by(Note.id).limit(limit + 1)
    if after:
        query = query.where(Note.id > after)
    notes = (await session.scalars(query)).all()
    more = notes[limit - 1].id if len(notes) > limit else None
    return Page(items=[NoteRead.model_validate(note) for note in notes[:limit]], next=more)


@app.get("/notes/{note_id}")
async def get_note(note_id: UUID, session: SessionDep) -> NoteRead:
    note = await session.get(Note, note_id)
    if note is None:
        raise HTTPException(404)
    return NoteRead.model_validate(note)
