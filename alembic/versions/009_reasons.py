"""Reasons for exits, each of them a change of the attendance."""

import sqlalchemy as sa
from alembic import op

revision = "009_reasons"
down_revision = "008_personnel_number"
branch_labels = None
depends_on = None

POSTGRESQL = (
    """
    CREATE FUNCTION kiosk_reason_given() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM kiosk_record_change('correction', trace_id) FROM attendance_log WHERE id = NEW.attendance_id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER attendance_reason_given AFTER INSERT ON attendance_reasons
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_reason_given()
    """,
    """
    CREATE TRIGGER reasons_append_only BEFORE UPDATE ON attendance_reasons
    FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()
    """,
    """
    CREATE TRIGGER reasons_deleted BEFORE DELETE ON attendance_reasons
    FOR EACH ROW EXECUTE FUNCTION kiosk_correction_deleted()
    """,
)
RECORDED = """
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, 'correction', (SELECT trace_id FROM attendance_log WHERE id = NEW.attendance_id),
        coalesce(actor, 'sql') FROM change_counter;
"""
SQLITE = {
    "attendance_reason_given": f"AFTER INSERT ON attendance_reasons BEGIN {RECORDED} END",
    "reasons_append_only": """
        BEFORE UPDATE ON attendance_reasons
        BEGIN SELECT RAISE(ABORT, 'attendance_reasons is append-only'); END
    """,
    "reasons_deleted": """
        BEFORE DELETE ON attendance_reasons WHEN EXISTS (SELECT 1 FROM attendance_log WHERE id = OLD.attendance_id)
        BEGIN SELECT RAISE(ABORT, 'attendance_reasons is append-only'); END
    """,
}


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "attendance_reasons",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "attendance_id",
            sa.Integer,
            sa.ForeignKey("attendance_log.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("reason", sa.Text),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=now),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 40", name="reason"),
        sqlite_autoincrement=True,
    )
    if _on_postgresql():
        for statement in POSTGRESQL:
            op.execute(statement)
    else:
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    op.drop_table("attendance_reasons")
    if _on_postgresql():
        op.execute("DROP FUNCTION kiosk_reason_given()")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
