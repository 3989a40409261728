"""Changes of people and schedules, numbered in the order in which they become visible."""

import sqlalchemy as sa
from alembic import op

revision = "024_record_changes"
down_revision = "023_directory_accounts"
branch_labels = None
depends_on = None

TABLES = {
    "employees": "employee",
    "schedules": "schedule",
    "schedule_assignments": "assignment",
    "calendar_days": "calendar_day",
    "absences": "absence",
}
# SQLite has one writer at a time, so that its numbers are in the order of the commits by themselves.
SQLITE = """
    CREATE TRIGGER {table}_{suffix} AFTER {operation} ON {table} BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('{subject}', '{kind}', {row}.id);
    END
    """
SQLITE_TRIGGERS = (
    ("recorded_insert", "INSERT", "insert", "NEW"),
    ("recorded_update", "UPDATE", "alteration", "NEW"),
    ("recorded_delete", "DELETE", "deletion", "OLD"),
)
# At commit, under the lock that numbers of the attendance are given under: no transaction takes both in turns.
FUNCTION = """
    CREATE FUNCTION kiosk_record_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM kiosk_lock_changes(0);
        IF TG_OP = 'DELETE' THEN
            INSERT INTO record_changes (subject, kind, subject_id) VALUES (TG_ARGV[0], 'deletion', OLD.id);
        ELSE
            INSERT INTO record_changes (subject, kind, subject_id)
            VALUES (TG_ARGV[0], CASE TG_OP WHEN 'INSERT' THEN 'insert' ELSE 'alteration' END, NEW.id);
        END IF;
        RETURN NULL;
    END $$
    """
CHANGED = "CREATE CONSTRAINT TRIGGER {table}_recorded AFTER INSERT OR DELETE ON {table} {deferred}"
ALTERED = (
    "CREATE CONSTRAINT TRIGGER {table}_recorded_update AFTER UPDATE ON {table} "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) "
    "EXECUTE FUNCTION kiosk_record_changed('{subject}')"
)
DEFERRED = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_record_changed('{subject}')"


def upgrade() -> None:
    on_postgresql = _on_postgresql()
    now = sa.text("clock_timestamp()" if on_postgresql else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "record_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=now),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False),
        sa.CheckConstraint(f"subject IN ({', '.join(map(repr, TABLES.values()))})", name="subject"),
        sa.CheckConstraint("kind IN ('insert', 'alteration', 'deletion', 'erasure')", name="kind"),
        sqlite_autoincrement=True,
    )
    if on_postgresql:
        op.execute(FUNCTION)
    for table, subject in TABLES.items():
        if on_postgresql:
            deferred = DEFERRED.format(subject=subject)
            op.execute(CHANGED.format(table=table, deferred=deferred))
            op.execute(ALTERED.format(table=table, subject=subject))
            continue
        for suffix, operation, kind, row in SQLITE_TRIGGERS:
            op.execute(
                SQLITE.format(table=table, suffix=suffix, operation=operation, subject=subject, kind=kind, row=row)
            )


def downgrade() -> None:
    for table in TABLES:
        if _on_postgresql():
            op.execute(f"DROP TRIGGER {table}_recorded_update ON {table}")
            op.execute(f"DROP TRIGGER {table}_recorded ON {table}")
            continue
        for suffix, *_ in SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {table}_{suffix}")
    if _on_postgresql():
        op.execute("DROP FUNCTION kiosk_record_changed()")
    op.drop_table("record_changes")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
