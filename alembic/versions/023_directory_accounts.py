"""What directories elsewhere call people, and tokens of the scope scim."""

import sqlalchemy as sa
from alembic import op

revision = "023_directory_accounts"
down_revision = "022_called_name"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SCOPES = "scope IN ('read', 'write', 'biometric')"
WITH_SCIM = "scope IN ('read', 'write', 'biometric', 'scim')"


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    names = ("display_name", "formatted_name", "given_name", "family_name")
    texts = ("external_id", "employee_number", *names, "email_type")
    op.create_table(
        "directory_accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("folded_name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in texts),
        sa.Column("email_is_primary", sa.Boolean),
        sa.Column("removed_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.Column("updated_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("source IN ('scim', 'ldap')", name="source"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_directory_accounts_employee", "directory_accounts", ["employee_id", "source"], unique=True)
    op.create_index("uq_directory_accounts_name", "directory_accounts", ["source", "folded_name"], unique=True)
    op.create_index("ix_directory_accounts_source_external_id", "directory_accounts", ["source", "external_id"])
    _replace_check(SCOPES, WITH_SCIM)


def downgrade() -> None:
    """Tokens of the scope scim go, for the older version knows no such scope."""
    op.execute("DELETE FROM credentials WHERE scope = 'scim'")
    _replace_check(WITH_SCIM, SCOPES)
    op.drop_table("directory_accounts")


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
