"""Idempotency keys: claiming one, storing its response, and returning it again."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import Header
from fastapi import HTTPException
from fastapi import Request
from fastapi import Response
from pydantic import BeforeValidator
from pydantic import Field
from pydantic import WithJsonSchema
from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from ..database import SessionDep
from ..database import utcnow
from ..settings import Environment
from .claim import claim
from .models import IdempotencyKey
from .owner import OwnerDep


class Settings(Environment):
    idempotency_hours: float = Field(default=24, gt=0)


def _bare(key: object) -> object:
    return key.strip('"') if isinstance(key, str) else key


# The draft requires quotes (structured fields); most clients leave them out.
KeyHeader = Annotated[
    UUID | None,
    BeforeValidator(_bare),
    WithJsonSchema({"type": "string", "format": "uuid"}),
    Header(
        alias="Idempotency-Key",
        description="A new UUID for each thing to be done; the same one when it is tried again.",
    ),
]


class AlreadyAnswered(Exception):  # noqa: N818 (it is no error: there is a response)
    def __init__(self, answer: Response) -> None:
        self.answer = answer


@dataclass
class Record:
    session: AsyncSession
    digest: str

    async def keep(self, response: Response) -> None:
        headers = {k: v for k, v in response.headers.items() if k != "content-length"}
        what = {"status": response.status_code, "headers": headers, "body": bytes(response.body)}
        mine = IdempotencyKey.digest == self.digest
        await self.session.execute(update(IdempotencyKey).where(mine).values(**what))


async def claim_key(
    request: Request, session: SessionDep, owner: OwnerDep, key: KeyHeader = None
) -> None:
    if key is None:
        return
    await _delete_expired(session)
    digest = _digest(owner, str(key), request.method, request.url.path)
    fingerprint = _digest(request.url.query, (await request.body()).hex())
    if await claim(session, IdempotencyKey(digest=digest, fingerprint=fingerprint)):
        request.state.idempotency_record = Record(session, digest)
    else:
        raise AlreadyAnswered(await _first_response(session, digest, fingerprint))


async def _delete_expired(session: AsyncSession) -> None:
    """Delete up to 100 expired keys, except those that another transaction is deleting."""
    oldest = utcnow() - timedelta(hours=Settings().idempotency_hours)
    old = select(IdempotencyKey.id).where(IdempotencyKey.created_at < oldest).limit(100)
    locked = old.with_for_update(skip_locked=True)
    await session.execute(delete(IdempotencyKey).where(IdempotencyKey.id.in_(locked)))


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


async def _first_response(session: AsyncSession, digest: str, fingerprint: str) -> Response:
    query = select(IdempotencyKey).where(IdempotencyKey.digest == digest)
    first = (await session.scalars(query)).one()
    if first.fingerprint != fingerprint:
        raise HTTPException(422, "This Idempotency-Key was used with a different request.")
    return Response(first.body, first.status, {**first.headers, "Idempotent-Replayed": "true"})
