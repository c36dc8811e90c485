"""The tables of the queue, in migrations: their SQL comes with Procrastinate.

A revision that is written by comparing gets `op.upgrade_queue(...)` when an installed version
needs more than the database has, which a comment on its first table tells.
"""

from pathlib import Path
from typing import Any

from alembic.autogenerate import comparators
from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation
from alembic.operations import Operations
from alembic.operations.ops import UpgradeOps
from alembic.util import DispatchPriority
from procrastinate.schema import SchemaManager

TABLE = "procrastinate_jobs"
DROP = """
DROP TABLE procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs,
    procrastinate_workers CASCADE;
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE 'DROP FUNCTION ' || name;
    END LOOP;
    FOR name IN SELECT oid::regtype FROM pg_type
        WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') LOOP
        EXECUTE 'DROP TYPE ' || name;
    END LOOP;
END $$
"""


def _steps() -> dict[str, Path]:
    """Give Procrastinate's own migrations by their versions, in order."""
    paths = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return {path.name[: len("00.00.00_00")]: path for path in paths}


@Operations.register_operation("upgrade_queue")
class UpgradeQueue(MigrateOperation):
    def __init__(self, since: str, to: str) -> None:
        self.since = since
        self.to = to

    @classmethod
    def upgrade_queue(cls, operations: Operations, since: str, to: str) -> None:
        operations.invoke(cls(since, to))

    def reverse(self) -> "UpgradeQueue":
        return UpgradeQueue(self.to, self.since)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("upgrade_queue", self.since, self.to)


@Operations.implementation_for(UpgradeQueue)
def _upgrade(operations: Operations, step: UpgradeQueue) -> None:
    wanted = [path for name, path in _steps().items() if step.since < name <= step.to]
    script = [path.read_text(encoding="utf-8") for path in wanted] if step.to else [DROP]
    if step.to:
        script.append(f"COMMENT ON TABLE {TABLE} IS '{step.to}'")
    for sql in script:
        operations.get_bind().exec_driver_sql(sql, execution_options={"no_parameters": True})


@renderers.dispatch_for(UpgradeQueue)
def _render(_: AutogenContext, step: UpgradeQueue) -> str:
    return f'op.upgrade_queue("{step.since}", "{step.to}")'


def _is_its_own(step: MigrateOperation) -> bool:
    return str(getattr(step, "table_name", "")).startswith("procrastinate_")


@comparators.dispatch_for("schema", priority=DispatchPriority.LAST)
def _compare(context: AutogenContext, operations: UpgradeOps, _: object) -> None:
    # No model has these tables: leave them to the library that brings them.
    operations.ops[:] = [op for op in operations.ops if not _is_its_own(op)]
    inspector = context.inspector
    there = inspector.has_table(TABLE)
    since = inspector.get_table_comment(TABLE)["text"] if there else ""
    to = list(_steps())[-1]
    if since != to:
        operations.ops.append(UpgradeQueue(since or "", to))
