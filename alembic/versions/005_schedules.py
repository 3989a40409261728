"""Schedules, and whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "005_schedules"
down_revision = "004_safeguards"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("grace_minutes", sa.Integer, nullable=False, server_default="0"),
        sa.Column("rounding_minutes", sa.Integer, nullable=False, server_default="1"),
        sa.Column("overtime_factor", sa.Double, nullable=False, server_default="1"),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name="name"),
        sa.CheckConstraint("grace_minutes BETWEEN 0 AND 240", name="grace"),
        sa.CheckConstraint("rounding_minutes BETWEEN 1 AND 60", name="rounding"),
        sa.CheckConstraint("overtime_factor BETWEEN 0 AND 10", name="overtime"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "schedule_assignments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "schedule_id",
            sa.Integer,
            sa.ForeignKey("schedules.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), index=True),
        sa.Column("department", sa.Text),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("employee_id IS NULL OR department IS NULL", name="one_of"),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("schedule_assignments")
    op.drop_table("schedules")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
