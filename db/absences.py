"""Absences in the database; each function works within the caller's transaction and returns plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.tables.absences import AbsenceRow
from kiosk.domain.types import MAX_ID
from kiosk.domain.work_calendar import AbsenceKind

ROW = AbsenceRow
COLUMNS = (ROW.employee_id, ROW.kind, ROW.first_day, ROW.last_day, ROW.code, ROW.note, ROW.recorded_by, ROW.id)


@dataclass(frozen=True, slots=True)
class Absence:
    """See db.tables.absences.AbsenceRow; id and recorded_by are set once it is stored."""

    employee_id: int
    kind: AbsenceKind
    first_day: date
    last_day: date
    code: str | None = None
    note: str = ""
    recorded_by: str = ""
    id: int | None = None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def list_absences(
    session: Session, since: date | None = None, until: date | None = None, employee_id: int | None = None
) -> tuple[Absence, ...]:
    """Return those that hold on some day of a stretch, by person and day."""
    query = select(*COLUMNS).order_by(ROW.employee_id, ROW.first_day, ROW.id)
    if since is not None:
        query = query.where(ROW.last_day >= since)
    if until is not None:
        query = query.where(ROW.first_day <= until)
    if employee_id is not None:
        query = query.where(ROW.employee_id == employee_id)
    return tuple(_absence(*found) for found in session.execute(query))


def add_absence(session: Session, absence: Absence, recorded_by: str) -> Absence:
    values = {
        "employee_id": absence.employee_id,
        "kind": absence.kind.value,
        "first_day": absence.first_day,
        "last_day": absence.last_day,
        "code": absence.code,
        "note": absence.note,
        "recorded_by": recorded_by,
    }
    return _absence(*session.execute(insert(ROW).values(**values).returning(*COLUMNS)).one())


def delete_absence(session: Session, absence_id: int) -> Absence | None:
    """Return what was deleted; None when there is none of this number."""
    if not 0 < absence_id <= MAX_ID:
        return None
    found = session.execute(delete(ROW).where(ROW.id == absence_id).returning(*COLUMNS)).one_or_none()
    return None if found is None else _absence(*found)


def _absence(employee_id: int, kind: str, *rest: object) -> Absence:
    return Absence(employee_id, AbsenceKind(kind), *rest)  # type: ignore[arg-type]
