"""Switches off, within one transaction, the triggers that would take a copied row for a change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

LOCK_TIMEOUT = "30s"
RECORDING = {
    "attendance_log": ("attendance_inserted", "attendance_altered", "attendance_truncated"),
    "attendance_corrections": ("attendance_corrected",),
    "attendance_reasons": ("attendance_reason_given",),
    "attendance_changes": ("attendance_changes_not_truncated",),
    "audit_log": ("audit_log_not_truncated",),
    "employees": ("employees_recorded", "employees_recorded_update"),
    "schedules": ("schedules_recorded", "schedules_recorded_update"),
    "schedule_assignments": ("schedule_assignments_recorded", "schedule_assignments_recorded_update"),
    "calendar_days": ("calendar_days_recorded", "calendar_days_recorded_update"),
    "absences": ("absences_recorded", "absences_recorded_update"),
}
"""PostgreSQL's triggers that record changes or refuse to empty a table, by table."""
SQLITE_RECORDING = """
    SELECT name, sql FROM sqlite_master WHERE type = 'trigger'
    AND (sql LIKE '%INTO attendance_changes%' OR sql LIKE '%INTO record_changes%')
    """


@contextmanager
def silenced_triggers(session: Session) -> Iterator[None]:
    """Run the block without these triggers; other programs that write wait until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        _switch(session, "DISABLE")
        yield
        _switch(session, "ENABLE")
        return
    triggers = session.execute(text(SQLITE_RECORDING)).all()
    for name, _ in triggers:
        session.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, definition in triggers:
        session.connection().exec_driver_sql(definition)


def _switch(session: Session, state: str) -> None:
    for table, triggers in RECORDING.items():
        for trigger in triggers:
            session.execute(text(f"ALTER TABLE {table} {state} TRIGGER {trigger}"))
