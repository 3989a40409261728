"""What decisions rested on: numbers beside their events."""

import sqlalchemy as sa
from alembic import op

revision = "015_decision_records"
down_revision = "014_device_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "decision_records",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("attendance_id", sa.Integer, sa.ForeignKey("attendance_log.id", ondelete="CASCADE"), nullable=False),
        sa.Column("first_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), index=True),
        sa.Column("second_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), index=True),
        sa.Column("numbers", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=now, index=True),
        sa.UniqueConstraint("attendance_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("decision_records")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
