"""Wrong passwords and PINs are counted by device, too, and beside the secret instead of in its row."""

import sqlalchemy as sa
from alembic import op

revision = "007_throttling"
down_revision = "006_attendance_changes"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "throttling",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("forgotten_at", INSTANT, nullable=False),
        sa.Column("locked_until", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('admin', 'pin')", name="kind"),
    )
    op.create_index("uq_throttling", "throttling", ["kind", "subject", "device"], unique=True)
    op.drop_column("credentials", "failed_attempts")
    op.drop_column("credentials", "locked_until")


def downgrade() -> None:
    op.add_column("credentials", sa.Column("failed_attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("credentials", sa.Column("locked_until", INSTANT))
    op.drop_table("throttling")
