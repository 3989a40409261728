"""What each employee does: their position, as timesheets name it."""

import sqlalchemy as sa
from alembic import op

revision = "016_position"
down_revision = "015_decision_records"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("employees", sa.Column("position", sa.Text))


def downgrade() -> None:
    op.execute("ALTER TABLE employees DROP COLUMN position")
