"""What was changed in the settings, and tokens of the scope settings."""

import sqlalchemy as sa
from alembic import op

revision = "025_setting_changes"
down_revision = "024_record_changes"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SCOPES = "scope IN ('read', 'write', 'biometric', 'scim')"
WITH_SETTINGS = "scope IN ('read', 'write', 'biometric', 'scim', 'settings')"


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "setting_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("kiosk_id", "old_value", "new_value")),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False, server_default=now),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_setting_changes_name_id", "setting_changes", ["name", "id"])
    _replace_check(SCOPES, WITH_SETTINGS)


def downgrade() -> None:
    """Tokens of the scope settings go, for the older version knows no such scope."""
    op.execute("DELETE FROM credentials WHERE scope = 'settings'")
    _replace_check(WITH_SETTINGS, SCOPES)
    op.drop_table("setting_changes")


def _replace_check(old: str, new: str) -> None:
    if _on_postgresql():
        op.execute("ALTER TABLE credentials DROP CONSTRAINT ck_credentials_scope")
        op.execute(f"ALTER TABLE credentials ADD CONSTRAINT ck_credentials_scope CHECK ({new})")
        return
    op.execute("PRAGMA writable_schema = ON")
    op.get_bind().execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE name = :name AND type = 'table'"),
        {"old": old, "new": new, "name": "credentials"},
    )
    op.execute("PRAGMA writable_schema = RESET")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
