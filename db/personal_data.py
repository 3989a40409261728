"""Everything that the tables hold about one person, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from db.models import AttendanceRow, EmployeeRow
from db.tables import (
    AbsenceRow,
    AuditRow,
    ConsentRow,
    CorrectionRow,
    CredentialRow,
    DecisionRecordRow,
    DirectoryAccountRow,
    FormerDepartmentRow,
    ReasonRow,
    RequestRow,
    ScheduleAssignmentRow,
    SightingRow,
    VisitEmbeddingRow,
)
from kiosk.domain.stored_data import StoredData

Value: TypeAlias = str | int | float | bool | None
LEFT_OUT = ("secret_hash", "vector")


def rows_about(session: Session, employee_id: int) -> Mapping[str, list[dict[str, Value]]]:
    """Return a person's rows by the table's name; the templates, vectors and the hashes of secrets are left out."""
    own = {
        EmployeeRow: EmployeeRow.id == employee_id,
        DirectoryAccountRow: DirectoryAccountRow.employee_id == employee_id,
        ConsentRow: ConsentRow.employee_id == employee_id,
        CredentialRow: CredentialRow.employee_id == employee_id,
        AttendanceRow: AttendanceRow.employee_id == employee_id,
        CorrectionRow: CorrectionRow.attendance_id.in_(
            select(AttendanceRow.id).where(AttendanceRow.employee_id == employee_id)
        ),
        ReasonRow: ReasonRow.attendance_id.in_(
            select(AttendanceRow.id).where(AttendanceRow.employee_id == employee_id)
        ),
        DecisionRecordRow: DecisionRecordRow.first_id == employee_id,
        ScheduleAssignmentRow: ScheduleAssignmentRow.employee_id == employee_id,
        RequestRow: RequestRow.employee_id == employee_id,
        SightingRow: SightingRow.employee_id == employee_id,
        AbsenceRow: AbsenceRow.employee_id == employee_id,
        FormerDepartmentRow: FormerDepartmentRow.employee_id == employee_id,
        VisitEmbeddingRow: VisitEmbeddingRow.employee_id == employee_id,
        AuditRow: AuditRow.subject == f"employee:{employee_id}",
    }
    return {row.__tablename__: _rows(session, row.__table__, condition) for row, condition in own.items()}  # type: ignore[arg-type]


def stored_about(session: Session, employee_id: int) -> StoredData:
    """Return how much is stored about a person, within the caller's transaction."""
    row = AttendanceRow
    counted = select(func.count(row.id), func.min(row.timestamp), func.count(row.photo_path))
    events, first_at, snapshots = session.execute(counted.where(row.employee_id == employee_id)).one()
    given = select(func.max(ConsentRow.given_at)).where(
        ConsentRow.employee_id == employee_id, ConsentRow.revoked_at.is_(None)
    )
    return StoredData(events, first_at, snapshots, session.scalar(given))


def _rows(session: Session, table: Table, condition: ColumnElement[bool]) -> list[dict[str, Value]]:
    columns = [column for column in table.c if column.name not in LEFT_OUT]
    rows = session.execute(select(*columns).where(condition).order_by(table.c.id))
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in rows]


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value  # type: ignore[return-value]
