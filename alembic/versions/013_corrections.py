"""Corrections that belong together, undo one another, and of which one row takes one at a time; closed months."""

import sqlalchemy as sa
from alembic import op

revision = "013_corrections"
down_revision = "012_stored_answers"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE = "attendance_corrections"
NARROW, WIDE = "action IN ('void', 'add')", "action IN ('void', 'add', 'undo')"
COLUMNS = {
    "number": "INTEGER DEFAULT 1 NOT NULL",
    "part_of": "INTEGER",
    "undoes": "INTEGER",
    "original_id": "INTEGER",
}
NUMBERED = f"""
    UPDATE {TABLE} SET number = (
        SELECT count(*) FROM {TABLE} AS other
        WHERE other.attendance_id = {TABLE}.attendance_id AND other.id <= {TABLE}.id
    )
"""  # noqa: S608
# The older tables know voids and additions alone: a void that was undone is as if it had never been.
UNDONE = f"""
    DELETE FROM {TABLE} WHERE action = 'undo' OR (action = 'void' AND id < (
        SELECT max(later.id) FROM {TABLE} AS later WHERE later.attendance_id = {TABLE}.attendance_id
        AND later.action IN ('void', 'undo')
    ))
"""  # noqa: S608
OPEN = sa.text("reopened_at IS NULL")

# Corrections from before the closing may be copied from another database.
# An exit in the first hours of a month may end a stay of the month before, which may be open: the kiosk decides there.
CLOSED = """
    EXISTS (
        SELECT 1 FROM closed_months AS closed JOIN attendance_log AS corrected ON corrected.id = NEW.attendance_id
        WHERE closed.reopened_at IS NULL AND NEW.id > closed.last_correction_id
        AND corrected.employee_id IS NOT NULL AND corrected.timestamp < closed.ends_at
        AND corrected.timestamp >= CASE corrected.event_type
            WHEN 'entry' THEN closed.begins_at ELSE closed.exits_from_at END
    )
"""
POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION kiosk_month_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {CLOSED} THEN
            RAISE EXCEPTION 'the month is closed';
        END IF;
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE TRIGGER corrections_month_closed AFTER INSERT ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION kiosk_month_closed()
    """,
)
POSTGRESQL_DROPS = (f"DROP TRIGGER corrections_month_closed ON {TABLE}", "DROP FUNCTION kiosk_month_closed()")
SQLITE_TRIGGER = f"""
    CREATE TRIGGER corrections_month_closed AFTER INSERT ON {TABLE} WHEN {CLOSED}
    BEGIN SELECT RAISE(ABORT, 'the month is closed'); END
"""
APPEND_ONLY = ("corrections_update", "corrections_delete")


def upgrade() -> None:
    _replace_check(NARROW, WIDE)
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {name} {kind}")
    _change_rows(NUMBERED)
    op.create_index("uq_attendance_corrections_number", TABLE, ["attendance_id", "number"], unique=True)
    op.create_index("uq_attendance_corrections_undoes", TABLE, ["undoes"], unique=True)
    op.create_index("ix_attendance_corrections_part_of", TABLE, ["part_of"])
    op.create_index("ix_attendance_corrections_original_id", TABLE, ["original_id"])
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "closed_months",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("begins_at", INSTANT, nullable=False),
        sa.Column("exits_from_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("last_event_id", sa.Integer, nullable=False),
        sa.Column("last_correction_id", sa.Integer, nullable=False),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("closed_by", sa.Text, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=False, server_default=now),
        sa.Column("reopened_by", sa.Text),
        sa.Column("reopened_at", INSTANT),
        sa.Column("reopen_reason", sa.Text),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (reopened_by IS NULL) AND (reopened_at IS NULL) = (reopen_reason IS NULL)",
            name="reopened",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_closed_months_month", "closed_months", ["month"], unique=True, postgresql_where=OPEN, sqlite_where=OPEN
    )
    for statement in POSTGRESQL_TRIGGERS if _on_postgresql() else (SQLITE_TRIGGER,):
        op.execute(statement)


def downgrade() -> None:
    for statement in POSTGRESQL_DROPS if _on_postgresql() else ("DROP TRIGGER corrections_month_closed",):
        op.execute(statement)
    op.drop_table("closed_months")
    _change_rows(UNDONE)
    for name in ("uq_attendance_corrections_number", "uq_attendance_corrections_undoes"):
        op.drop_index(name, TABLE)
    for name in ("ix_attendance_corrections_part_of", "ix_attendance_corrections_original_id"):
        op.drop_index(name, TABLE)
    for name in COLUMNS:
        op.execute(f"ALTER TABLE {TABLE} DROP COLUMN {name}")
    _replace_check(WIDE, NARROW)


def _change_rows(statement: str) -> None:
    """Run a statement that the append-only triggers would refuse."""
    if _on_postgresql():
        op.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        op.execute(statement)
        op.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        return
    kept = [
        op.get_bind().execute(sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar_one()
        for name in APPEND_ONLY
    ]
    for name in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {name}")
    op.execute(statement)
    for trigger in kept:
        op.get_bind().exec_driver_sql(trigger)


def _replace_check(old: str, new: str) -> None:
    if _on_postgresql():
        # Rows that are to go first are gone by then.
        op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT ck_attendance_corrections_action")
        op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT ck_attendance_corrections_action CHECK ({new})")
        return
    op.execute("PRAGMA writable_schema = ON")
    op.get_bind().execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE name = :name AND type = 'table'"),
        {"old": old, "new": new, "name": TABLE},
    )
    op.execute("PRAGMA writable_schema = RESET")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
