"""Who is who, for greetings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import EmployeeRow


def active_names(session: Session) -> dict[int, str]:
    """Return the full name of each active person by number."""
    rows = session.execute(select(EmployeeRow.id, EmployeeRow.full_name).where(EmployeeRow.is_active))
    return {employee_id: full_name for employee_id, full_name in rows}


def lock_person(session: Session, employee_id: int) -> bool | None:
    """Return whether a person is active, None when there is nobody; until the transaction ends others wait for it."""
    query = select(EmployeeRow.is_active).where(EmployeeRow.id == employee_id)
    return session.scalar(query.with_for_update())


def portrait_paths(session: Session) -> tuple[str, ...]:
    """Return the paths of all portraits that people's rows name, within the caller's transaction."""
    paths = session.scalars(select(EmployeeRow.photo_path).where(EmployeeRow.photo_path.is_not(None)))
    return tuple(path for path in paths if path is not None)
