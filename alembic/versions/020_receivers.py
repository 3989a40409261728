"""Receivers of the changes of the attendance, and the epoch within which the changes' numbers hold."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "020_receivers"
down_revision = "019_embedder_switches"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
# One notification a transaction, however many rows it has: equal ones are sent once.
NOTIFY = "    PERFORM pg_notify('kiosk_attendance', '');\n    "
RECORD_CHANGE = """
    CREATE OR REPLACE FUNCTION kiosk_record_change(change_kind text, changed_trace_id uuid) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO attendance_changes (id, kind, trace_id, actor)
        VALUES (
            kiosk_lock_changes(1), change_kind, changed_trace_id,
            coalesce(nullif(current_setting('kiosk.actor', true), ''), 'sql:' || session_user)
        );
    {notify}END $$
    """


def upgrade() -> None:
    on_postgresql = op.get_context().dialect.name == "postgresql"
    now = sa.text("clock_timestamp()" if on_postgresql else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    epoch = op.create_table(
        "feed_epoch",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.Uuid, nullable=False),
        sa.Column("place", sa.Text),
        sa.Column("began_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("id = 1", name="single_row"),
    )
    op.bulk_insert(epoch, [{"id": 1, "epoch": uuid4()}])
    op.create_table(
        "receivers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("epoch", sa.Uuid, nullable=False),
        sa.Column("is_paused", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("error", sa.Text),
        sa.Column("failing_since", INSTANT),
        sa.Column("retry_at", INSTANT),
        sa.Column("failure_count", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("delivered_at", INSTANT),
        sa.Column("holder", sa.Uuid),
        sa.Column("held_until", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sqlite_autoincrement=True,
    )
    if on_postgresql:
        op.execute(RECORD_CHANGE.format(notify=NOTIFY))


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(RECORD_CHANGE.format(notify=""))
    op.drop_table("receivers")
    op.drop_table("feed_epoch")
