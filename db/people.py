"""Who is who, for greetings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import EmployeeRow


def active_names(session: Session) -> dict[int, str]:
    """Return the full name of each active person by number."""
    rows = session.execute(select(EmployeeRow.id, EmployeeRow.full_name).where(EmployeeRow.is_active))
    return {employee_id: full_name for employee_id, full_name in rows}
