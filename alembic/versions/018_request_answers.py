"""Requests for corrections are accepted or refused, and why."""

from alembic import op

revision = "018_request_answers"
down_revision = "017_database_identity"
branch_labels = None
depends_on = None

TABLE = "correction_requests"
COLUMNS = {"outcome": "outcome IN ('accepted', 'refused')", "answer": "length(answer) <= 500"}


def upgrade() -> None:
    for name, check in COLUMNS.items():
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {name} TEXT CONSTRAINT ck_{TABLE}_{name} CHECK ({check})")


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE {TABLE} DROP COLUMN {name}")
