"""Employees in the database; each function works within the caller's transaction and returns plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, insert, select
from sqlalchemy import update as sql_update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.departments import leave_department
from db.error_translation import violated_constraint
from db.models import EmployeeRow
from db.paging import require_page
from kiosk.domain.case_folding import folded
from kiosk.domain.types import MAX_ID
from kiosk.employees.schemas import Employee, EmployeeCreate, placeholder_email, shown_email
from kiosk.errors import (
    EmailTaken,
    EmployeeInactive,
    EmployeeNotFound,
    ExternalIdTaken,
    InvalidInput,
    KioskError,
    RowRefused,
)

# PostgreSQL's and SQLite's names for them.
EMAIL_CONSTRAINTS = ("uq_employees_email", "employees.email")
EXTERNAL_ID_CONSTRAINTS = ("ix_employees_external_id", "employees.external_id")
COLUMNS = EmployeeRow.__table__.c


class SortBy(StrEnum):
    ID = "id"
    NAME = "full_name"
    EMAIL = "email"
    DEPARTMENT = "department"
    EXTERNAL_ID = "external_id"
    CREATED = "created_at"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which people a list contains.

    Attributes:
        search: a part of name, email, department or personnel number, in any case and script.
        department: the whole of it, in any case.
        active: True for active people, False for deactivated ones, None for both.
    """

    search: str | None = None
    department: str | None = None
    active: bool | None = True

    @property
    def needs_sql_alone(self) -> bool:
        """SQLite's lower() knows ASCII alone and PostgreSQL's what its locale knows: texts are compared in Python."""
        return not self.search and self.department is None

    def matches(self, person: Row[Any]) -> bool:
        """Return whether search and department match a person."""
        texts = (person.full_name, shown_email(person.email) or "", person.department or "", person.external_id or "")
        found = not self.search or any(folded(self.search) in folded(text) for text in texts)
        return found and (self.department is None or folded(self.department) == folded(person.department or ""))


def create(session: Session, person: EmployeeCreate) -> Employee:
    """Insert a person. Raises EmailTaken, ExternalIdTaken; the transaction cannot be used any more then."""
    values = person.model_dump() | {"email": person.email or placeholder_email()}
    try:
        row = session.execute(insert(EmployeeRow).values(**values).returning(*COLUMNS)).one()
    except IntegrityError as error:
        raise _refusal(error) from error
    return Employee(*row)


def find(session: Session, employee_id: int) -> Employee | None:
    if not 0 < employee_id <= MAX_ID:
        return None
    return _one(session, select(*COLUMNS).where(EmployeeRow.id == employee_id))


def lock(session: Session, employee_id: int) -> None:
    """Have other transactions wait that lock the person, or change them."""
    session.execute(select(EmployeeRow.id).where(EmployeeRow.id == employee_id).with_for_update())


def find_by_email(session: Session, email: str) -> Employee | None:
    """email: as normalized_email returns it."""
    return _one(session, select(*COLUMNS).where(EmployeeRow.email == email))


def find_by_external_id(session: Session, external_id: str) -> Employee | None:
    """external_id: the personnel number, as it was typed for the person."""
    return _one(session, select(*COLUMNS).where(EmployeeRow.external_id == external_id))


def find_active(session: Session, email: str) -> Employee | None:
    """Raises EmployeeInactive for somebody who has been deactivated."""
    employee = find_by_email(session, email)
    if employee is not None and not employee.is_active:
        raise EmployeeInactive(employee.id)
    return employee


def update(session: Session, employee_id: int, **changes: Any) -> Employee:
    """Change those columns of a person that differ, and return the person; email None takes the address away.

    Raises EmployeeNotFound, EmailTaken, ExternalIdTaken.
    """
    before = find(session, employee_id)
    if before is None:
        raise EmployeeNotFound(employee_id)
    if "email" in changes and changes["email"] is None:
        changes["email"] = placeholder_email() if before.has_email else before.email
    changes = {name: value for name, value in changes.items() if getattr(before, name) != value}
    if not changes:
        return before
    if "department" in changes:
        leave_department(session, employee_id, before.department)
    statement = sql_update(EmployeeRow).where(EmployeeRow.id == employee_id).values(**changes).returning(*COLUMNS)
    try:
        return _employees(session.execute(statement).all())[0]
    except IntegrityError as error:
        raise _refusal(error) from error


def list_people(
    session: Session,
    which: Filter,
    *,
    sort_by: SortBy = SortBy.ID,
    descending: bool = False,
    skip: int = 0,
    limit: int | None = None,
    after: int | None = None,
) -> tuple[Employee, ...]:
    """Return a page of people. Texts sort without regard to case; people without one come last.

    Args:
        session: the caller's transaction.
        which: people.
        sort_by: what their order follows; of two with the same value the lower number is first.
        descending: whether the order is turned around.
        skip: how many to leave out at the beginning.
        limit: how many to return at the most; None for all.
        after: number of the person whom the page follows, wherever in the order; None to begin at the beginning.

    Raises:
        ValueError: skip or limit is negative.
        InvalidInput: nobody has the number after.
    """
    require_page(skip, limit)
    query = _of_activity(select(*COLUMNS), which.active)
    if which.needs_sql_alone and sort_by is SortBy.ID:
        order = EmployeeRow.id.desc() if descending else EmployeeRow.id
        if after is not None:
            query = query.where(EmployeeRow.id < after if descending else EmployeeRow.id > after)
        return _employees(session.execute(query.order_by(order).offset(skip).limit(limit)).all())
    people = [person for person in session.execute(query.order_by(EmployeeRow.id)) if which.matches(person)]
    people.sort(key=lambda person: _sort_key(person, sort_by), reverse=descending)
    if after is not None:
        last = _required(session, after)
        people = [person for person in people if _follows(person, last, sort_by, descending)]
    return _employees(people[skip : None if limit is None else skip + limit])


def _required(session: Session, employee_id: int) -> Row[Any]:
    person = session.execute(select(*COLUMNS).where(EmployeeRow.id == employee_id)).one_or_none()
    if person is None:
        raise InvalidInput(f"nobody has the number {employee_id}, after which the page begins; begin again without it")
    return person


def _follows(person: Row[Any], last: Row[Any], sort_by: SortBy, descending: bool) -> bool:
    key, last_key = _sort_key(person, sort_by), _sort_key(last, sort_by)
    if key == last_key:
        return bool(person.id > last.id)
    return (key < last_key) is descending


def count(session: Session, which: Filter) -> int:
    if which.needs_sql_alone:
        found: int = session.execute(_of_activity(select(func.count(EmployeeRow.id)), which.active)).scalar_one()
        return found
    return len(list_people(session, which))


def _of_activity(query: Select[Any], active: bool | None) -> Select[Any]:
    return query if active is None else query.where(EmployeeRow.is_active == active)


def _sort_key(person: Row[Any], sort_by: SortBy) -> tuple[bool, Any]:
    value = shown_email(person.email) if sort_by is SortBy.EMAIL else getattr(person, sort_by)
    return value is None, folded(value) if isinstance(value, str) else value


def _employees(rows: Iterable[Iterable[Any]]) -> tuple[Employee, ...]:
    return tuple(Employee(*row) for row in rows)


def _one(session: Session, query: Select[Any]) -> Employee | None:
    return next(iter(_employees(session.execute(query).all())), None)


def _refusal(error: IntegrityError) -> KioskError:
    constraint = violated_constraint(error)
    if constraint in EMAIL_CONSTRAINTS:
        return EmailTaken("another person, active or not, has this e-mail address")
    if constraint in EXTERNAL_ID_CONSTRAINTS:
        return ExternalIdTaken("another person, active or not, has this personnel number")
    return RowRefused(f"the database refused the employee: {constraint}")
