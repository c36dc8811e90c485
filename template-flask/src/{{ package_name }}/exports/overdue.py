"""Sends jobs again that were lost after the commit, or by the queue."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

from sqlalchemy import select

from ..core.database import db
from ..core.jobs import every
from ..core.jobs.queue import put_again
from .jobs import fill_export
from .models import Export

OVERDUE = timedelta(minutes=10)


@every("*/10 * * * *")
def put_overdue_exports() -> None:
    """Send the jobs of exports again that have not changed for ten minutes."""
    waiting = Export.status.in_(["queued", "running"])
    overdue = waiting & (Export.updated_at < datetime.now(UTC) - OVERDUE)
    for export_id in db.session.scalars(select(Export.id).where(overdue)):
        put_again(fill_export, export_id=str(export_id))
