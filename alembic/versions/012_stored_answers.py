"""Answers that are given again when a request is repeated."""

import sqlalchemy as sa
from alembic import op

revision = "012_stored_answers"
down_revision = "011_absences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now = sa.text("clock_timestamp()" if _on_postgresql() else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "stored_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_id", sa.Integer, sa.ForeignKey("credentials.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key_digest", sa.Text, nullable=False),
        sa.Column("request_digest", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="working"),
        sa.Column("answer", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), index=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False, server_default=now, index=True),
        sa.UniqueConstraint("token_id", "key_digest", name="uq_stored_answers_token_key"),
        sa.CheckConstraint("state IN ('working', 'answered', 'erased')", name="state"),
        sa.CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answer"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("stored_answers")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
