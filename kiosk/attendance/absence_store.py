"""Absences: checked, and written with an audit row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest

from db import audit_log
from db.absences import Absence, add_absence, delete_absence, list_absences
from db.employee_queries import lock_employee
from db.session import Database
from kiosk.core.context import current_actor
from kiosk.errors import InvalidInput, RecordNotFound

MAX_DAYS = 3 * 366
MAX_NOTE, MAX_CODE = 500, 4


class AbsenceStore:
    """Each method is one transaction and raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def absences(
        self, since: date | None = None, until: date | None = None, employee_id: int | None = None
    ) -> tuple[Absence, ...]:
        """Return those that hold on some day from since to until, by person and day."""
        with self._database.reading() as session:
            return list_absences(session, since, until, employee_id)

    def add(self, absence: Absence) -> Absence:
        """Raises InvalidInput, also for days on which the person is away already, and EmployeeNotFound."""
        return self.add_all([absence])[0]

    def add_all(
        self, absences: Sequence[Absence], lines: Sequence[int] = (), *, dry_run: bool = False
    ) -> tuple[Absence, ...]:
        """Add all of them or none; errors as of add.

        Args:
            absences: of anybody.
            lines: the number of each one's line in a file, by which an error names it.
            dry_run: everything is checked, nothing is written.
        """
        for absence in absences:
            check_absence(absence)
        added = []
        with self._database.transaction() as session:
            for absence, line in zip_longest(absences, lines):
                lock_employee(session, absence.employee_id)
                for other in list_absences(session, absence.first_day, absence.last_day, absence.employee_id):
                    whose = f"{'' if line is None else f'line {line}: '}employee {absence.employee_id}"
                    raise InvalidInput(
                        f"{whose} is away from {other.first_day} to {other.last_day} already "
                        f"(absence {other.id}); remove that first, or choose other days"
                    )
                added.append(add_absence(session, absence, current_actor()))
                details = {"kind": absence.kind.value, "from": str(absence.first_day), "until": str(absence.last_day)}
                subject = f"employee:{absence.employee_id}"
                audit_log.append(session, current_actor(), "absence_added", subject, details)
            if dry_run:
                session.rollback()
        return tuple(added)

    def remove(self, absence_id: int) -> None:
        """Raises RecordNotFound."""
        with self._database.transaction() as session:
            found = delete_absence(session, absence_id)
            if found is None:
                raise RecordNotFound("absence", f"there is no absence {absence_id}; `kiosk absences list` shows them")
            details = {"kind": found.kind.value, "from": str(found.first_day), "until": str(found.last_day)}
            audit_log.append(session, current_actor(), "absence_removed", f"employee:{found.employee_id}", details)


def check_absence(absence: Absence) -> None:
    """Raise InvalidInput for what cannot be an absence."""
    if absence.last_day < absence.first_day:
        raise InvalidInput("the last day lies before the first one")
    if absence.last_day - absence.first_day > timedelta(days=MAX_DAYS):
        raise InvalidInput(f"an absence lasts {MAX_DAYS} days at the most")
    if len(absence.note) > MAX_NOTE:
        raise InvalidInput(f"a note has {MAX_NOTE} characters at the most")
    if absence.code is not None and not (absence.code.isalpha() and len(absence.code) <= MAX_CODE):
        raise InvalidInput(f"a code of the form T-13 is 1 to {MAX_CODE} letters, such as У or ОЖ")
