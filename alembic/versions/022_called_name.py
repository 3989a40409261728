"""What each employee is called, as the greeting says it; a change reaches the doors like one of the name."""

import sqlalchemy as sa
from alembic import op

revision = "022_called_name"
down_revision = "021_former_departments"
branch_labels = None
depends_on = None

CHANGED = "OLD.is_active <> NEW.is_active OR OLD.full_name <> NEW.full_name"


def upgrade() -> None:
    op.add_column("employees", sa.Column("called", sa.Text))
    is_other = "IS DISTINCT FROM" if op.get_context().dialect.name == "postgresql" else "IS NOT"
    _replace_trigger(f"{CHANGED} OR OLD.called {is_other} NEW.called")


def downgrade() -> None:
    _replace_trigger(CHANGED)
    op.execute("ALTER TABLE employees DROP COLUMN called")


def _replace_trigger(condition: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER gallery_employees_changed ON employees")
        op.execute(f"""
            CREATE CONSTRAINT TRIGGER gallery_employees_changed AFTER UPDATE ON employees
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({condition})
            EXECUTE FUNCTION kiosk_gallery_changed()
            """)
        return
    op.execute("DROP TRIGGER gallery_employees_changed")
    begins = f"CREATE TRIGGER gallery_employees_changed AFTER UPDATE ON employees WHEN {condition}"
    op.execute(f"{begins} BEGIN UPDATE gallery_changes SET version = version + 1; END")  # noqa: S608
