"""Enqueues exports again whose job was lost because Redis failed right after the commit."""

from datetime import timedelta

from sqlalchemy import select

from ..core.database import utcnow
from ..core.jobs import Sessions
from ..core.jobs import every
from ..core.jobs.queue import put_again
from .jobs import fill_export
from .models import Export

OVERDUE = timedelta(minutes=10)


@every("*/10 * * * *")
async def put_overdue_exports(sessions: Sessions) -> None:
    queued = (Export.status == "queued") & (Export.created_at < utcnow() - OVERDUE)
    async with sessions() as session:
        for export_id in await session.scalars(select(Export.id).where(queued)):
            await put_again(fill_export, export_id=str(export_id))
