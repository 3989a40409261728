"""When people who are in were last seen at a door, and what they ask to have corrected."""

import sqlalchemy as sa
from alembic import op

revision = "010_sightings"
down_revision = "009_reasons"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = "kind IN ('exit_missing', 'entry_missing', 'wrong_time', 'other')"


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kiosk_id", sa.Text, nullable=False),
        sa.Column("stay_began_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.UniqueConstraint("employee_id", "kiosk_id", "stay_began_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "correction_requests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kiosk_id", sa.Text, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False, server_default=now),
        sa.Column("answered_at", INSTANT),
        sa.Column("answered_by", sa.Text),
        sa.CheckConstraint(KINDS, name="kind"),
        sa.CheckConstraint("length(text) <= 500", name="text"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("correction_requests")
    op.drop_table("sightings")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
