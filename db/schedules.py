"""Schedules in the database; each function works within the caller's transaction and returns plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from db.tables.schedules import ScheduleAssignmentRow, ScheduleRow

COLUMNS = (
    ScheduleRow.name, ScheduleRow.plan, ScheduleRow.starts_on, ScheduleRow.grace_minutes, ScheduleRow.rounding_minutes,
    ScheduleRow.overtime_factor,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A schedule in words; see db.tables.schedules.ScheduleRow."""

    name: str
    plan: str
    starts_on: date
    grace_minutes: int = 0
    rounding_minutes: int = 1
    overtime_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose schedule it is; see db.tables.schedules.ScheduleAssignmentRow."""

    schedule: str
    employee_id: int | None
    department: str | None
    valid_from: date
    valid_until: date | None = None
    id: int | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def list_schedules(session: Session) -> tuple[StoredSchedule, ...]:
    """Return all, by name."""
    return tuple(StoredSchedule(*row) for row in session.execute(select(*COLUMNS).order_by(ScheduleRow.name)))


def save_schedule(session: Session, schedule: StoredSchedule) -> bool:
    """Put a schedule in the place of the one of its name, or add it; return whether it is new."""
    values = {column.key: getattr(schedule, column.key) for column in COLUMNS}
    changed = session.execute(
        update(ScheduleRow).where(ScheduleRow.name == schedule.name).values(**values).returning(ScheduleRow.id)
    ).all()
    if not changed:
        session.execute(insert(ScheduleRow).values(**values))
    return not changed


def delete_schedule(session: Session, name: str) -> bool:
    """Delete a schedule with its assignments; return whether there was one."""
    found = session.execute(delete(ScheduleRow).where(ScheduleRow.name == name).returning(ScheduleRow.id)).all()
    return bool(found)


def list_assignments(session: Session, since: date | None = None, until: date | None = None) -> tuple[Assignment, ...]:
    """Return those that hold on some day of a stretch, the latest recorded last."""
    row = ScheduleAssignmentRow
    query = select(ScheduleRow.name, row.employee_id, row.department, row.valid_from, row.valid_until, row.id)
    query = query.join(ScheduleRow, ScheduleRow.id == row.schedule_id).order_by(row.id)
    if since is not None:
        query = query.where(or_(row.valid_until.is_(None), row.valid_until >= since))
    if until is not None:
        query = query.where(row.valid_from <= until)
    return tuple(Assignment(*found) for found in session.execute(query))


def assign(session: Session, assignment: Assignment, recorded_by: str) -> bool:
    """Write down whose a schedule is; return whether there is one of that name."""
    schedule_id = session.scalar(select(ScheduleRow.id).where(ScheduleRow.name == assignment.schedule))
    if schedule_id is None:
        return False
    session.execute(
        insert(ScheduleAssignmentRow).values(
            schedule_id=schedule_id,
            employee_id=assignment.employee_id,
            department=assignment.department,
            valid_from=assignment.valid_from,
            valid_until=assignment.valid_until,
            recorded_by=recorded_by,
        )
    )
    return True


def unassign(session: Session, assignment_id: int) -> bool:
    """Delete an assignment; return whether there was one."""
    row = ScheduleAssignmentRow
    return bool(session.execute(delete(row).where(row.id == assignment_id).returning(row.id)).all())
