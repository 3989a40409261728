"""Which department people belong to and belonged to before; each function works within the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.models import EmployeeRow
from db.tables.departments import FormerDepartmentRow
from kiosk.domain.case_folding import folded


@dataclass(frozen=True, slots=True)
class FormerDepartment:
    """A department that somebody has left. department: None for the time without one. until_at: aware."""

    department: str | None
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Departments:
    """Whose department is which. former: of each employee who was in another one before, the earliest first."""

    present: Mapping[int, str | None] = field(default_factory=dict)
    former: Mapping[int, Sequence[FormerDepartment]] = field(default_factory=dict)

    def of(self, employee_id: int, at: datetime) -> str | None:
        """Return somebody's department at a moment; None without one."""
        for one in self.former.get(employee_id, ()):
            if at < one.until_at:
                return one.department
        return self.present.get(employee_id)


def read_departments(session: Session) -> Departments:
    """Return everybody's, active or not."""
    rows = session.execute(select(EmployeeRow.id, EmployeeRow.department).order_by(EmployeeRow.id))
    present = {employee_id: department for employee_id, department in rows}
    former: dict[int, list[FormerDepartment]] = defaultdict(list)
    row = FormerDepartmentRow
    left = select(row.employee_id, row.department, row.until_at).order_by(row.until_at, row.id)
    for employee_id, department, until_at in session.execute(left):
        former[employee_id].append(FormerDepartment(department, until_at))
    return Departments(present, dict(former))


def department_names(session: Session) -> tuple[str, ...]:
    """Return the departments that active people belong to, by name."""
    wanted = select(EmployeeRow.department).where(EmployeeRow.is_active, EmployeeRow.department.is_not(None)).distinct()
    return tuple(sorted((name for name in session.scalars(wanted) if name), key=folded))


def leave_department(session: Session, employee_id: int, department: str | None) -> None:
    """Record that somebody belonged to a department until now."""
    session.execute(insert(FormerDepartmentRow).values(employee_id=employee_id, department=department))
