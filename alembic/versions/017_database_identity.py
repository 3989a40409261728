"""Whose a SQLite file is, and which: in its header, where another file in its place is told by."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "017_database_identity"
down_revision = "016_position"
branch_labels = None
depends_on = None

APPLICATION_ID = int.from_bytes(b"KIOS")


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if op.get_context().as_sql or not op.get_bind().scalar(sa.text("PRAGMA user_version")):
        op.execute(f"PRAGMA user_version = {1 + secrets.randbelow(2**31 - 1)}")


def downgrade() -> None:
    """The older version does not look at the header; who goes up again finds the same database."""
