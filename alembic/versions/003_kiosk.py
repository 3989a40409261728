"""Which kiosk wrote an event and how; corrections, consents, audit, credentials; the gallery's change counter."""

import sqlalchemy as sa
from alembic import op

revision = "003_kiosk"
down_revision = "002_add_indexes"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
UNREVOKED = sa.text("revoked_at IS NULL")

# The same words on both databases: SQLite adds and drops such columns without copying the table.
ADD_KIOSK_ID = "ALTER TABLE attendance_log ADD COLUMN kiosk_id TEXT DEFAULT 'kiosk-1' NOT NULL"
ADD_METHOD = """
    ALTER TABLE attendance_log ADD COLUMN method TEXT DEFAULT 'face' NOT NULL
    CONSTRAINT ck_attendance_log_method CHECK (method IN ('face', 'pin', 'manual', 'api'))
"""

# At commit and once a transaction: the counter's lock is the last one taken, and ten thousand rows count once.
POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION kiosk_gallery_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        changed bigint;
    BEGIN
        IF current_setting('kiosk.gallery_changed', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        UPDATE gallery_changes SET version = version + 1 RETURNING version INTO changed;
        PERFORM set_config('kiosk.gallery_changed', 'yes', true);
        PERFORM pg_notify('kiosk_gallery', changed::text);
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER gallery_embeddings AFTER INSERT OR UPDATE OR DELETE ON embeddings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_gallery_changed()
    """,
    """
    CREATE TRIGGER gallery_embeddings_truncated AFTER TRUNCATE ON embeddings
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk_gallery_changed()
    """,
    """
    CREATE CONSTRAINT TRIGGER gallery_employees_changed AFTER UPDATE ON employees
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.is_active <> NEW.is_active OR OLD.full_name <> NEW.full_name)
    EXECUTE FUNCTION kiosk_gallery_changed()
    """,
    """
    CREATE CONSTRAINT TRIGGER gallery_employees_deleted AFTER DELETE ON employees
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_gallery_changed()
    """,
    """
    CREATE FUNCTION kiosk_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE FUNCTION kiosk_correction_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM attendance_log WHERE id = OLD.attendance_id) THEN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()
    """,
    """
    CREATE TRIGGER corrections_append_only BEFORE UPDATE ON attendance_corrections
    FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()
    """,
    """
    CREATE TRIGGER corrections_deleted BEFORE DELETE ON attendance_corrections
    FOR EACH ROW EXECUTE FUNCTION kiosk_correction_deleted()
    """,
)
POSTGRESQL_DROPS = (
    "DROP TRIGGER gallery_embeddings ON embeddings",
    "DROP TRIGGER gallery_embeddings_truncated ON embeddings",
    "DROP TRIGGER gallery_employees_changed ON employees",
    "DROP TRIGGER gallery_employees_deleted ON employees",
    "DROP TRIGGER audit_log_append_only ON audit_log",
    "DROP TRIGGER corrections_append_only ON attendance_corrections",
    "DROP TRIGGER corrections_deleted ON attendance_corrections",
    "DROP FUNCTION kiosk_correction_deleted()",
    "DROP FUNCTION kiosk_append_only()",
    "DROP FUNCTION kiosk_gallery_changed()",
)

SQLITE_CHANGED = "BEGIN UPDATE gallery_changes SET version = version + 1; END"
SQLITE_TRIGGERS = {
    "gallery_embeddings_insert": f"AFTER INSERT ON embeddings {SQLITE_CHANGED}",
    "gallery_embeddings_update": f"AFTER UPDATE ON embeddings {SQLITE_CHANGED}",
    "gallery_embeddings_delete": f"AFTER DELETE ON embeddings {SQLITE_CHANGED}",
    "gallery_employees_changed": (
        "AFTER UPDATE ON employees WHEN OLD.is_active <> NEW.is_active OR OLD.full_name <> NEW.full_name "
        + SQLITE_CHANGED
    ),
    "gallery_employees_deleted": f"AFTER DELETE ON employees {SQLITE_CHANGED}",
    "audit_log_update": "BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    "audit_log_delete": "BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    "corrections_update": """
        BEFORE UPDATE ON attendance_corrections
        BEGIN SELECT RAISE(ABORT, 'attendance_corrections is append-only'); END
    """,
    "corrections_delete": """
        BEFORE DELETE ON attendance_corrections
        WHEN EXISTS (SELECT 1 FROM attendance_log WHERE id = OLD.attendance_id)
        BEGIN SELECT RAISE(ABORT, 'attendance_corrections is append-only'); END
    """,
}


def upgrade() -> None:
    op.execute(ADD_KIOSK_ID)
    op.execute(ADD_METHOD)
    _create_tables()
    op.execute("INSERT INTO gallery_changes (id, version) VALUES (1, 0)")
    if _on_postgresql():
        for statement in POSTGRESQL_TRIGGERS:
            op.execute(statement)
    else:
        for name, body in SQLITE_TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    for statement in POSTGRESQL_DROPS if _on_postgresql() else [f"DROP TRIGGER {name}" for name in SQLITE_TRIGGERS]:
        op.execute(statement)
    for table in ("gallery_changes", "credentials", "audit_log", "consents", "attendance_corrections"):
        op.drop_table(table)
    op.execute("ALTER TABLE attendance_log DROP COLUMN method")
    op.execute("ALTER TABLE attendance_log DROP COLUMN kiosk_id")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _create_tables() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "attendance_corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "attendance_id",
            sa.Integer,
            sa.ForeignKey("attendance_log.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("action IN ('void', 'add')", name="action"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id"), nullable=False, index=True),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("given_at", INSTANT, nullable=False, server_default=now),
        sa.Column("revoked_at", INSTANT),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", INSTANT, nullable=False, server_default=now, index=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("details", sa.Text, nullable=False, server_default="{}"),
        sa.Column("previous_hash", sa.Text, nullable=False, unique=True),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "credentials",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), index=True),
        sa.Column("scope", sa.Text),
        sa.Column("secret_hash", sa.Text, nullable=False, unique=True),
        sa.Column("failed_attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("locked_until", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.Column("expires_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.CheckConstraint("kind IN ('admin', 'pin', 'token')", name="kind"),
        sa.CheckConstraint("(kind = 'pin') = (employee_id IS NOT NULL)", name="pin_has_employee"),
        sa.CheckConstraint("(kind = 'token') = (scope IS NOT NULL)", name="token_has_scope"),
        sa.CheckConstraint("scope IN ('read', 'write', 'biometric')", name="scope"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_credentials_kind_name",
        "credentials",
        ["kind", "name"],
        unique=True,
        postgresql_where=UNREVOKED,
        sqlite_where=UNREVOKED,
    )
    op.create_table(
        "gallery_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.BigInteger, nullable=False, server_default="0"),
        sa.CheckConstraint("id = 1", name="single_row"),
    )
