"""The jobs of exports: write them, and delete them after a week."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete

from ..core.database import db
from ..core.jobs import ATTEMPTS
from ..core.jobs import every
from ..core.jobs import job
from . import content
from .models import Export

KEPT = timedelta(days=7)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@job
def fill_export(export_id: str) -> None:
    """Write the content of an export. The job is idempotent."""
    attempt = _begin(UUID(export_id))
    if not attempt:
        return
    try:
        _write(UUID(export_id))
    except Exception:
        db.session.rollback()
        if attempt == ATTEMPTS:
            db.session.get_one(Export, UUID(export_id)).status = "failed"
            db.session.commit()
        raise
    log.info("export done", attempt=attempt)


def _begin(export_id: UUID) -> int:
    """Count the attempt first, so that one that kills its worker counts too."""
    export = db.session.get(Export, export_id, with_for_update=True)
    if export is None or export.status in {"done", "failed"}:
        return 0
    export.attempts += 1
    export.status = "running" if export.attempts <= ATTEMPTS else "failed"
    attempt = export.attempts if export.status == "running" else 0
    db.session.commit()
    return attempt


def _write(export_id: UUID) -> None:
    export = db.session.get_one(Export, export_id)
    export.content = content.write(export)
    export.status = "done"
    db.session.commit()


@every("30 3 * * *")
def delete_old_exports() -> None:
    """Delete exports after a week."""
    db.session.execute(delete(Export).where(Export.created_at < datetime.now(UTC) - KEPT))
    db.session.commit()
