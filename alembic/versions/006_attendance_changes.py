"""Every change of the attendance gets a number at its commit, in the order of commits."""

import sqlalchemy as sa
from alembic import op

revision = "006_attendance_changes"
down_revision = "005_schedules"
branch_labels = None
depends_on = None

KINDS = "kind IN ('insert', 'correction', 'undo', 'erasure', 'deletion', 'alteration')"

# What is there already gets its changes now, in the order in which it was written.
EXISTING_ROWS = (
    """
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT row_number() OVER (ORDER BY id), 'insert', trace_id, 'migration' FROM attendance_log
    """,
    """
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT (SELECT count(*) FROM attendance_log) + row_number() OVER (ORDER BY corrections.id),
        'correction', attendance_log.trace_id, 'migration'
    FROM attendance_corrections AS corrections JOIN attendance_log ON attendance_log.id = corrections.attendance_id
    """,
    "INSERT INTO change_counter (id, number) SELECT 1, count(*) FROM attendance_changes",
)

# At commit: who locks the counter last commits last, so that numbers are in the order of commits. The gallery's counter
# is under the same lock: with one lock each, two transactions that change both would wait for one another.
POSTGRESQL = (
    # The counter is found again by its place: within one transaction an index would lead over all its earlier
    # versions, and a hundred thousand rows would take minutes.
    """
    CREATE FUNCTION kiosk_lock_changes(added integer) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        place tid := nullif(current_setting('kiosk.change_counter', true), '')::tid;
        latest bigint;
    BEGIN
        IF place IS NULL THEN
            UPDATE change_counter SET number = number + added WHERE id = 1 RETURNING number, ctid INTO latest, place;
        ELSE
            UPDATE change_counter SET number = number + added WHERE ctid = place RETURNING number, ctid
            INTO latest, place;
        END IF;
        IF latest IS NULL THEN
            INSERT INTO change_counter (id, number)
            SELECT 1, coalesce(max(id), 0) + added FROM attendance_changes
            ON CONFLICT (id) DO UPDATE SET number = change_counter.number + added
            RETURNING number, ctid INTO latest, place;
        END IF;
        PERFORM set_config('kiosk.change_counter', place::text, true);
        RETURN latest;
    END $$
    """,
    """
    CREATE FUNCTION kiosk_record_change(change_kind text, changed_trace_id uuid) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO attendance_changes (id, kind, trace_id, actor)
        VALUES (
            kiosk_lock_changes(1), change_kind, changed_trace_id,
            coalesce(nullif(current_setting('kiosk.actor', true), ''), 'sql:' || session_user)
        );
    END $$
    """,
    """
    CREATE FUNCTION kiosk_attendance_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            PERFORM kiosk_record_change('deletion', trace_id) FROM attendance_log;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM kiosk_record_change('deletion', OLD.trace_id);
        ELSIF TG_OP = 'INSERT' THEN
            PERFORM kiosk_record_change('insert', NEW.trace_id);
        ELSIF OLD.trace_id <> NEW.trace_id THEN
            PERFORM kiosk_record_change('deletion', OLD.trace_id);
            PERFORM kiosk_record_change('insert', NEW.trace_id);
        ELSIF OLD.employee_id IS NOT NULL AND NEW.employee_id IS NULL THEN
            PERFORM kiosk_record_change('erasure', NEW.trace_id);
        ELSE
            PERFORM kiosk_record_change('alteration', NEW.trace_id);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION kiosk_attendance_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM kiosk_record_change(CASE NEW.action WHEN 'undo' THEN 'undo' ELSE 'correction' END, trace_id)
        FROM attendance_log WHERE id = NEW.attendance_id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER attendance_inserted AFTER INSERT OR DELETE ON attendance_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_attendance_changed()
    """,
    # Where the purge clears the name of a deleted snapshot, the event stays what it was.
    """
    CREATE CONSTRAINT TRIGGER attendance_altered AFTER UPDATE ON attendance_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'photo_path' IS DISTINCT FROM to_jsonb(NEW) - 'photo_path')
    EXECUTE FUNCTION kiosk_attendance_changed()
    """,
    """
    CREATE TRIGGER attendance_truncated BEFORE TRUNCATE ON attendance_log
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk_attendance_changed()
    """,
    """
    CREATE CONSTRAINT TRIGGER attendance_corrected AFTER INSERT ON attendance_corrections
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_attendance_corrected()
    """,
    """
    CREATE TRIGGER attendance_changes_append_only BEFORE DELETE ON attendance_changes
    FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()
    """,
    """
    CREATE TRIGGER attendance_changes_unchanged BEFORE UPDATE ON attendance_changes FOR EACH ROW
    WHEN (OLD.digest IS NOT NULL OR to_jsonb(OLD) - 'digest' IS DISTINCT FROM to_jsonb(NEW) - 'digest')
    EXECUTE FUNCTION kiosk_append_only()
    """,
    """
    CREATE TRIGGER attendance_changes_not_truncated BEFORE TRUNCATE ON attendance_changes
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk_append_only()
    """,
)
GALLERY_FUNCTION = """
    CREATE OR REPLACE FUNCTION kiosk_gallery_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        changed bigint;
    BEGIN
        IF current_setting('kiosk.gallery_changed', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        {lock}UPDATE gallery_changes SET version = version + 1 RETURNING version INTO changed;
        PERFORM set_config('kiosk.gallery_changed', 'yes', true);
        PERFORM pg_notify('kiosk_gallery', changed::text);
        RETURN NULL;
    END $$
    """
POSTGRESQL_DROPS = (
    "DROP TRIGGER attendance_inserted ON attendance_log",
    "DROP TRIGGER attendance_altered ON attendance_log",
    "DROP TRIGGER attendance_truncated ON attendance_log",
    "DROP TRIGGER attendance_corrected ON attendance_corrections",
    "DROP TRIGGER attendance_changes_append_only ON attendance_changes",
    "DROP TRIGGER attendance_changes_unchanged ON attendance_changes",
    "DROP TRIGGER attendance_changes_not_truncated ON attendance_changes",
    "DROP FUNCTION kiosk_attendance_corrected()",
    "DROP FUNCTION kiosk_attendance_changed()",
    "DROP FUNCTION kiosk_record_change(text, uuid)",
    "DROP FUNCTION kiosk_lock_changes(integer)",
)

# SQLite has one writer at a time: the order of statements is that of commits.
RECORDED = """
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, {kind}, {trace_id}, coalesce(actor, 'sql') FROM change_counter;
"""
INSERTED = RECORDED.format(kind="'insert'", trace_id="NEW.trace_id")
DELETED = RECORDED.format(kind="'deletion'", trace_id="OLD.trace_id")
ALTERED = RECORDED.format(
    kind="CASE WHEN OLD.employee_id IS NOT NULL AND NEW.employee_id IS NULL THEN 'erasure' ELSE 'alteration' END",
    trace_id="NEW.trace_id",
)
CORRECTED = RECORDED.format(
    kind="CASE NEW.action WHEN 'undo' THEN 'undo' ELSE 'correction' END",
    trace_id="(SELECT trace_id FROM attendance_log WHERE id = NEW.attendance_id)",
)
FACTS = ("id", "employee_id", "timestamp", "event_type", "confidence", "kiosk_id", "method")
IS_ALTERED = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in FACTS)
IS_CHANGED = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in ("id", "at", "kind", "trace_id", "actor"))
REFUSED = "BEGIN SELECT RAISE(ABORT, 'attendance_changes is append-only'); END"
SQLITE = {
    "attendance_inserted": f"AFTER INSERT ON attendance_log BEGIN {INSERTED} END",
    "attendance_deleted": f"AFTER DELETE ON attendance_log BEGIN {DELETED} END",
    "attendance_altered": (
        f"AFTER UPDATE ON attendance_log WHEN OLD.trace_id = NEW.trace_id AND ({IS_ALTERED}) BEGIN {ALTERED} END"
    ),
    "attendance_renamed": (
        f"AFTER UPDATE ON attendance_log WHEN OLD.trace_id <> NEW.trace_id BEGIN {DELETED} {INSERTED} END"
    ),
    "attendance_corrected": f"AFTER INSERT ON attendance_corrections BEGIN {CORRECTED} END",
    "attendance_changes_append_only": f"BEFORE DELETE ON attendance_changes {REFUSED}",
    "attendance_changes_unchanged": (
        f"BEFORE UPDATE ON attendance_changes WHEN OLD.digest IS NOT NULL OR {IS_CHANGED} {REFUSED}"
    ),
}


def upgrade() -> None:
    _create_tables()
    for statement in EXISTING_ROWS:
        op.execute(statement)
    if _on_postgresql():
        for statement in POSTGRESQL:
            op.execute(statement)
        op.execute(GALLERY_FUNCTION.format(lock="PERFORM kiosk_lock_changes(0);\n        "))
    else:
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    for statement in POSTGRESQL_DROPS if _on_postgresql() else [f"DROP TRIGGER {name}" for name in SQLITE]:
        op.execute(statement)
    if _on_postgresql():
        op.execute(GALLERY_FUNCTION.format(lock=""))
    op.drop_table("attendance_changes")
    op.drop_table("change_counter")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _create_tables() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "attendance_changes",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=now),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("trace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("digest", sa.Text),
        sa.CheckConstraint(KINDS, name="kind"),
    )
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("actor", sa.Text),
        sa.CheckConstraint("id = 1", name="single_row"),
    )
