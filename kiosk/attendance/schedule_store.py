"""Schedules and whose they are: checked, and written with an audit row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import audit_log
from db.employee_queries import lock_employee
from db.schedules import (
    Assignment,
    StoredSchedule,
    assign,
    delete_schedule,
    list_assignments,
    list_schedules,
    save_schedule,
    unassign,
)
from db.session import Database, Session
from kiosk.attendance.schedule_text import is_week, parse_plan
from kiosk.core.context import current_actor
from kiosk.core.csv_reader import MOST_FAULTS
from kiosk.domain.types import MAX_ID
from kiosk.errors import InvalidInput, RecordNotFound

MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class CheckedSchedule:
    """A schedule, and whether it was said on which day a cycle begins."""

    stored: StoredSchedule
    has_start: bool


class ScheduleStore:
    """Each method is one transaction and raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def schedules(self) -> tuple[StoredSchedule, ...]:
        with self._database.reading() as session:
            return list_schedules(session)

    def assignments(self) -> tuple[Assignment, ...]:
        with self._database.reading() as session:
            return list_assignments(session)

    def save(self, schedule: StoredSchedule, *, has_start: bool) -> bool:
        """Add or change a schedule; return whether it is new. Raises InvalidInput."""
        return self.save_all([CheckedSchedule(schedule, has_start)])[0]

    def save_all(self, schedules: Sequence[CheckedSchedule]) -> tuple[bool, ...]:
        """Add or change all of them or none; return which are new. Raises InvalidInput."""
        for checked in schedules:
            check_schedule(checked)
        with self._database.transaction() as session:
            new = tuple(save_schedule(session, checked.stored) for checked in schedules)
            for checked in schedules:
                details = {"plan": checked.stored.plan}
                audit_log.append(session, current_actor(), "schedule_set", f"schedule:{checked.stored.name}", details)
        return new

    def remove(self, name: str) -> None:
        """Raises RecordNotFound."""
        with self._database.transaction() as session:
            if not delete_schedule(session, name):
                raise _no_schedule(name)
            audit_log.append(session, current_actor(), "schedule_removed", f"schedule:{name}")

    def assign(
        self, name: str, valid_from: date, valid_until: date | None, employee_id: int | None, department: str | None
    ) -> None:
        """Say whose a schedule is: an employee's, a department's or, without either, the office's.

        Raises InvalidInput, EmployeeNotFound, RecordNotFound for the schedule.
        """
        assignment = Assignment(name, employee_id, department, valid_from, valid_until)
        check_assignment(assignment)
        with self._database.transaction() as session:
            _assign(session, assignment)

    def assign_all(self, assignments: Sequence[tuple[int, Assignment]], *, dry_run: bool = False) -> tuple[bool, ...]:
        """Assign all of them or none; return which are new: one that stands already is not made again.

        Args:
            assignments: each after the number of its line.
            dry_run: nothing is written.

        Raises InvalidInput naming each line whose schedule there is not.
        """
        with self._database.transaction() as session:
            known = {stored.name for stored in list_schedules(session)}
            missing = [f"line {line}: {_no_schedule(a.schedule)}" for line, a in assignments if a.schedule not in known]
            if missing:
                raise InvalidInput("; ".join(missing[:MOST_FAULTS]))
            standing = {_content_of(assignment) for assignment in list_assignments(session)}
            new = []
            for _, assignment in assignments:
                new.append(_content_of(assignment) not in standing)
                standing.add(_content_of(assignment))
                if new[-1] and not dry_run:
                    _assign(session, assignment)
        return tuple(new)

    def unassign(self, assignment_id: int) -> None:
        """Raises RecordNotFound."""
        with self._database.transaction() as session:
            if not 0 < assignment_id <= MAX_ID or not unassign(session, assignment_id):
                raise RecordNotFound(
                    "assignment", f"there is no assignment {assignment_id}; `kiosk schedules list` shows them"
                )
            audit_log.append(session, current_actor(), "schedule_unassigned", f"assignment:{assignment_id}")


def check_assignment(assignment: Assignment) -> None:
    """Raise InvalidInput for what cannot be an assignment."""
    if assignment.employee_id is not None and assignment.department is not None:
        raise InvalidInput("a schedule is assigned to a person or to a department; leave one of them out")
    if assignment.valid_until is not None and assignment.valid_until < assignment.valid_from:
        raise InvalidInput("the last day lies before the first one")


def check_schedule(checked: CheckedSchedule) -> None:
    """Raise InvalidInput for what cannot be a schedule."""
    stored = checked.stored
    if not 1 <= len(stored.name) <= MAX_NAME:
        raise InvalidInput(f"a schedule's name has 1 to {MAX_NAME} characters")
    parse_plan(stored.plan)
    if not is_week(stored.plan) and not checked.has_start and "," in stored.plan:
        raise InvalidInput(f"{stored.name!r} is a cycle: say with --starts on which day its first entry holds")
    limits = (("grace", stored.grace_minutes, 0, 240), ("rounding", stored.rounding_minutes, 1, 60))
    for name, minutes, least, most in limits:
        if not least <= minutes <= most:
            raise InvalidInput(f"{name} is {least} to {most} minutes")
    if not 0 <= stored.overtime_factor <= 10:
        raise InvalidInput("the overtime factor is 0 to 10")


def _assign(session: Session, assignment: Assignment) -> None:
    name, employee_id = assignment.schedule, assignment.employee_id
    if employee_id is not None:
        lock_employee(session, employee_id)
    if not assign(session, assignment, current_actor()):
        raise _no_schedule(name)
    subject = f"schedule:{name}" if employee_id is None else f"employee:{employee_id}"
    details = {"schedule": name, "from": assignment.valid_from.isoformat(), "department": assignment.department}
    audit_log.append(session, current_actor(), "schedule_assigned", subject, details)


def _content_of(assignment: Assignment) -> tuple[object, ...]:
    """Return what an assignment says, whoever made it and whatever its number is."""
    whose = (assignment.employee_id, assignment.department)
    return (assignment.schedule, *whose, assignment.valid_from, assignment.valid_until)


def _no_schedule(name: str) -> RecordNotFound:
    return RecordNotFound("schedule", f"there is no schedule {name!r}; `kiosk schedules list` shows them")
