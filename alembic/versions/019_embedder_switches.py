"""The change from one embedder to another, and visits that are to become templates of the new one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "019_embedder_switches"
down_revision = "018_request_answers"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
VECTOR = sa.LargeBinary().with_variant(postgresql.ARRAY(sa.REAL), "postgresql")
GATHERING = sa.text("state = 'gathering'")


def upgrade() -> None:
    on_postgresql = op.get_context().dialect.name == "postgresql"
    now = sa.text("clock_timestamp()" if on_postgresql else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "embedder_switches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("old_model", sa.Text, nullable=False),
        sa.Column("old_version", sa.Text, nullable=False),
        sa.Column("new_model", sa.Text, nullable=False),
        sa.Column("new_version", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False, server_default=now),
        sa.Column("finished_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.CheckConstraint("state IN ('gathering', 'finished', 'closed', 'cancelled')", name="state"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_embedder_switches_gathering",
        "embedder_switches",
        ["state"],
        unique=True,
        postgresql_where=GATHERING,
        sqlite_where=GATHERING,
    )
    op.create_table(
        "visit_embeddings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("switch_id", sa.Integer, sa.ForeignKey("embedder_switches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False),
        sa.Column("visited_on", sa.Date, nullable=False),
        sa.Column("vector", VECTOR, nullable=False),
        sa.Column("quality_score", sa.Double, nullable=False),
        sa.Column("similarity", sa.Double, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=now),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_embeddings_switch_id", "visit_embeddings", ["switch_id"])
    op.create_index("ix_visit_embeddings_employee_id", "visit_embeddings", ["employee_id"])


def downgrade() -> None:
    op.drop_table("visit_embeddings")
    op.drop_table("embedder_switches")
