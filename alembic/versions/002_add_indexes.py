"""Indexes for what is asked: a person's events by time, all events by time, active people, a person's templates."""

import sqlalchemy as sa
from alembic import op

revision = "002_add_indexes"
down_revision = "001_initial"
branch_labels = None
depends_on = None

ACTIVE = sa.text("is_active")


def upgrade() -> None:
    op.create_index("ix_attendance_log_employee_id_timestamp", "attendance_log", ["employee_id", "timestamp"])
    op.create_index("ix_attendance_log_timestamp", "attendance_log", ["timestamp"])
    op.create_index("ix_employees_active", "employees", ["full_name"], postgresql_where=ACTIVE, sqlite_where=ACTIVE)
    op.create_index("ix_embeddings_employee_id", "embeddings", ["employee_id"])


def downgrade() -> None:
    op.drop_index("ix_embeddings_employee_id", "embeddings")
    op.drop_index("ix_employees_active", "employees")
    op.drop_index("ix_attendance_log_timestamp", "attendance_log")
    op.drop_index("ix_attendance_log_employee_id_timestamp", "attendance_log")
