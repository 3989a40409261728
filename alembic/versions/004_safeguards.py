"""The audit's head, which tells when the log was cut off; a template's quality; since when somebody is inactive."""

import sqlalchemy as sa
from alembic import op

revision = "004_safeguards"
down_revision = "003_kiosk"
branch_labels = None
depends_on = None

# The moment of a deactivation decides when templates are erased, and plain SQL does not write it down.
POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION kiosk_activity_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.updated_at = clock_timestamp();
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER employees_activity_changed BEFORE UPDATE ON employees FOR EACH ROW
    WHEN (OLD.is_active <> NEW.is_active AND OLD.updated_at = NEW.updated_at)
    EXECUTE FUNCTION kiosk_activity_changed()
    """,
    """
    CREATE TRIGGER audit_log_not_truncated BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk_append_only()
    """,
)
POSTGRESQL_DROPS = (
    "DROP TRIGGER audit_log_not_truncated ON audit_log",
    "DROP TRIGGER employees_activity_changed ON employees",
    "DROP FUNCTION kiosk_activity_changed()",
)
SQLITE_TRIGGER = """
    CREATE TRIGGER employees_activity_changed AFTER UPDATE ON employees
    WHEN OLD.is_active <> NEW.is_active AND OLD.updated_at = NEW.updated_at
    BEGIN UPDATE employees SET updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now') WHERE id = NEW.id; END
"""


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row_count", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint("id = 1", name="single_row"),
    )
    op.add_column("embeddings", sa.Column("quality_score", sa.Double))
    for statement in POSTGRESQL_TRIGGERS if _on_postgresql() else (SQLITE_TRIGGER,):
        op.execute(statement)


def downgrade() -> None:
    for statement in POSTGRESQL_DROPS if _on_postgresql() else ("DROP TRIGGER employees_activity_changed",):
        op.execute(statement)
    op.execute("ALTER TABLE embeddings DROP COLUMN quality_score")
    op.drop_table("audit_head")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
