"""Queries of the employees' table for other rooms than kiosk.employees, within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from db.models import EmployeeRow
from kiosk.domain.types import MAX_ID
from kiosk.errors import EmployeeInactive, EmployeeNotFound

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PersonName:
    """Who somebody is on a list; external_id is the personnel number, position what they do.

    Attributes:
        added_at: since when they are known, aware UTC.
        left_at: since when they are deactivated, aware UTC; None while they are active.
    """

    id: int
    full_name: str
    department: str | None
    is_active: bool
    external_id: str | None = None
    position: str | None = None
    added_at: datetime = LONG_AGO
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Employment:
    """Since when somebody is known, aware UTC, and whether they still work here."""

    since_at: datetime
    is_active: bool


def lock_employment(session: Session, employee_id: int) -> Employment:
    """Return it; others who lock the person wait until the transaction ends. Raises EmployeeNotFound."""
    query = select(EmployeeRow.created_at, EmployeeRow.is_active).where(EmployeeRow.id == employee_id)
    found = session.execute(query.with_for_update()).one_or_none() if 0 < employee_id <= MAX_ID else None
    if found is None:
        raise EmployeeNotFound(employee_id)
    return Employment(*found)


def require_employee(session: Session, employee_id: int) -> None:
    """Raise EmployeeNotFound unless somebody, active or not, has this number."""
    if session.scalar(select(EmployeeRow.id).where(EmployeeRow.id == employee_id)) is None:
        raise EmployeeNotFound(employee_id)


def person_names(session: Session) -> tuple[PersonName, ...]:
    """Return everybody, active or not, by number."""
    row = EmployeeRow
    left_at = case((~row.is_active, row.updated_at))
    query = select(
        row.id, row.full_name, row.department, row.is_active, row.external_id, row.position, row.created_at, left_at
    )
    return tuple(PersonName(*found) for found in session.execute(query.order_by(row.id)))


def active_names(session: Session) -> dict[int, str]:
    """Return the full name of each active employee by number."""
    rows = session.execute(select(EmployeeRow.id, EmployeeRow.full_name).where(EmployeeRow.is_active))
    return {employee_id: full_name for employee_id, full_name in rows}


def called_names(session: Session) -> dict[int, str]:
    """Return, by number, what each active employee is called for whom that is stored."""
    called = EmployeeRow.called
    rows = session.execute(select(EmployeeRow.id, called).where(EmployeeRow.is_active, called.is_not(None)))
    return {employee_id: name for employee_id, name in rows if name is not None}


def lock_employee(session: Session, employee_id: int) -> bool:
    """Return whether an employee is active; others who lock them wait until the transaction ends.

    Raises EmployeeNotFound.
    """
    query = select(EmployeeRow.is_active).where(EmployeeRow.id == employee_id).with_for_update()
    is_active = session.scalar(query) if 0 < employee_id <= MAX_ID else None
    if is_active is None:
        raise EmployeeNotFound(employee_id)
    return is_active


def lock_active_employee(session: Session, employee_id: int) -> None:
    """As lock_employee, and raises EmployeeInactive for somebody deactivated."""
    if not lock_employee(session, employee_id):
        raise EmployeeInactive(employee_id)


def clear_portrait_path(session: Session, employee_id: int) -> None:
    session.execute(update(EmployeeRow).where(EmployeeRow.id == employee_id).values(photo_path=None))


def portrait_paths(session: Session) -> tuple[str, ...]:
    """Return the paths of all portraits that employees' rows name."""
    paths = session.scalars(select(EmployeeRow.photo_path).where(EmployeeRow.photo_path.is_not(None)))
    return tuple(path for path in paths if path is not None)
