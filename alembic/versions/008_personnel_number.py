"""The office's personnel number of each employee."""

import sqlalchemy as sa
from alembic import op

revision = "008_personnel_number"
down_revision = "007_throttling"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("employees", sa.Column("external_id", sa.Text))
    op.create_index("ix_employees_external_id", "employees", ["external_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_employees_external_id", "employees")
    op.execute("ALTER TABLE employees DROP COLUMN external_id")
