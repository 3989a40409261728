"""Which department somebody belonged to before, so that a timesheet of a past month is still that of its department."""

import sqlalchemy as sa
from alembic import op

revision = "021_former_departments"
down_revision = "020_receivers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    on_postgresql = op.get_context().dialect.name == "postgresql"
    now = sa.text("clock_timestamp()" if on_postgresql else "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    op.create_table(
        "former_departments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("employee_id", sa.Integer, sa.ForeignKey("employees.id", ondelete="CASCADE"), nullable=False),
        sa.Column("department", sa.Text),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False, server_default=now),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_former_departments_employee_id", "former_departments", ["employee_id"])


def downgrade() -> None:
    op.drop_table("former_departments")
