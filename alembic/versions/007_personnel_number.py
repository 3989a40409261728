"""The office's personnel number of each employee."""

import sqlalchemy as sa
from alembic import op

revision = "007_personnel_number"
down_revision = "006_attendance_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("employees", sa.Column("external_id", sa.Text))
    op.create_index("ix_employees_external_id", "employees", ["external_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_employees_external_id", "employees")
    op.execute("ALTER TABLE employees DROP COLUMN external_id")
