"""Days that the office decided on, and people's absences."""

import sqlalchemy as sa
from alembic import op

revision = "011_absences"
down_revision = "010_sightings"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "calendar_days",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("kind IN ('holiday', 'working', 'shortened')", name="kind"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("kind IN ('vacation', 'sick_leave', 'trip', 'unpaid', 'other')", name="kind"),
        sa.CheckConstraint("last_day >= first_day", name="days"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_absences_employee_id_first_day", "absences", ["employee_id", "first_day"])


def downgrade() -> None:
    op.drop_table("absences")
    op.drop_table("calendar_days")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
