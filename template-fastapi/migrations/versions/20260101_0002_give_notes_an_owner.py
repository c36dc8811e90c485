"""Give notes an owner.

Revision ID: 8c3e1f6b4a92
Revises: 5a7d2c9e8f14
"""

import sqlalchemy as sa
from alembic import op

revision = "8c3e1f6b4a92"
down_revision = "5a7d2c9e8f14"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notes") as notes:
        notes.add_column(sa.Column("owner_id", sa.Uuid(), nullable=False))
        notes.create_index(op.f("ix_notes_owner_id"), ["owner_id"])
        notes.create_foreign_key(
            op.f("fk_notes_owner_id_users"), "users", ["owner_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    with op.batch_alter_table("notes") as notes:
        notes.drop_constraint(op.f("fk_notes_owner_id_users"), type_="foreignkey")
        notes.drop_index(op.f("ix_notes_owner_id"))
        notes.drop_column("owner_id")
