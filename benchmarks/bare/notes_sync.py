"""The read of one note with a synchronous session, in FastAPI's thread pool."""

import os
from collections.abc import Generator
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi import FastAPI
from fastapi import HTTPException
from notes import Note
from notes import NoteRead
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.orm import sessionmaker

url = os.environ["DATABASE_URL"].replace("+aiosqlite", "")
sessions = sessionmaker(create_engine(url, pool_size=10, max_overflow=0), expire_on_commit=False)


def get_session() -> Generator[Session]:
    with sessions() as session:
        yield session


app = FastAPI()


@app.get("/notes/{note_id}")
def get_note(note_id: UUID, session: Annotated[Session, Depends(get_session)]) -> NoteRead:
    note = session.get(Note, note_id)
    if note is None:
        raise HTTPException(404)
    return NoteRead.model_validate(note)
