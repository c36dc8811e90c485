"""The jobs of exports: write them, and delete them after a week."""

from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete

from ..core.database import utcnow
from ..core.jobs import ATTEMPTS
from ..core.jobs import Sessions
from ..core.jobs import every
from ..core.jobs import job
from . import content
from .models import Export

KEPT = timedelta(days=7)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@job
async def fill_export(sessions: Sessions, *, export_id: str) -> None:
    """Write the content of an export. Idempotent: a finished export is not written again."""
    attempt = await _begin(sessions, UUID(export_id))
    if not attempt:
        return
    try:
        await _write(sessions, UUID(export_id))
    except Exception:
        if attempt == ATTEMPTS:
            async with sessions.begin() as session:
                export = await session.get_one(Export, UUID(export_id))
                export.status = "failed"
        raise
    log.info("export done", attempt=attempt)


async def _begin(sessions: Sessions, export_id: UUID) -> int:
    """Count the attempt before the work starts, so that one that kills its worker counts too."""
    async with sessions.begin() as session:
        export = await session.get(Export, export_id, with_for_update=True)
        if export is None or export.status in {"done", "failed"}:
            return 0
        export.attempts += 1
        export.status = "running" if export.attempts <= ATTEMPTS else "failed"
        return export.attempts if export.status == "running" else 0


async def _write(sessions: Sessions, export_id: UUID) -> None:
    async with sessions.begin() as session:
        export = await session.get_one(Export, export_id)
        export.content = await content.write(export, session)
        export.status = "done"


@every("30 3 * * *")
async def delete_old_exports(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await session.execute(delete(Export).where(Export.created_at < utcnow() - KEPT))
