"""People, their templates and the attendance log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "001_initial"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
VECTOR = sa.LargeBinary().with_variant(postgresql.ARRAY(sa.REAL), "postgresql")


def upgrade() -> None:
    postgres = op.get_context().dialect.name == "postgresql"
    now = sa.text("clock_timestamp()" if postgres else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "employees",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("full_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        sa.Column("department", sa.Text),
        sa.Column("photo_path", sa.Text),
        sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sa.Column("updated_at", INSTANT, nullable=False, server_default=now),
        sa.CheckConstraint("length(full_name) BETWEEN 1 AND 200", name="full_name"),
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "embeddings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False),
        sa.Column("vector", VECTOR, nullable=False),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attendance_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id")),
        sa.Column("timestamp", INSTANT, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double),
        sa.Column("trace_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("photo_path", sa.Text),
        sa.CheckConstraint("event_type IN ('entry', 'exit')", name="event_type"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("attendance_log")
    op.drop_table("embeddings")
    op.drop_table("employees")
