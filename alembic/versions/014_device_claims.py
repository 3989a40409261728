"""Which device has which name."""

import sqlalchemy as sa
from alembic import op

revision = "014_device_claims"
down_revision = "013_corrections"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    on_postgresql = op.get_context().dialect.name == "postgresql"
    now = sa.text("clock_timestamp()" if on_postgresql else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "device_claims",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kiosk_id", sa.Text, nullable=False, unique=True),
        sa.Column("device_id", sa.Uuid, nullable=False),
        sa.Column("run_id", sa.Uuid),
        sa.Column("host_name", sa.Text, nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=False, server_default=now),
        sa.Column("heard_at", INSTANT, server_default=now),
    )


def downgrade() -> None:
    op.drop_table("device_claims")
