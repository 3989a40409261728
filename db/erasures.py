"""Erasures that a database may not know of, because it is older than they are; within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from db import audit_log
from db.models import AttendanceRow, EmbeddingRow, EmployeeRow
from db.tables import AuditRow, ConsentRow
from kiosk.core.erasure_list import Erased, merged

WITHOUT_SESSION = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class ReplayedErasure:
    """portrait_path: of the portrait that has to go, relative to the data directory."""

    employee_id: int
    templates: int
    portrait_path: str | None


def erased_by_audit(session: Session) -> dict[int, datetime]:
    """Return who was erased, and when last, as the audit log tells it."""
    rows = session.execute(select(AuditRow.subject, AuditRow.at).where(AuditRow.action == "erase"))
    told = ((subject.removeprefix("employee:"), at) for subject, at in rows if subject)
    return merged(*({int(number): at} for number, at in told if number.isdecimal()))


def replay_erasures(session: Session, erased: Erased, actor: str) -> tuple[ReplayedErasure, ...]:
    """Erase again what there is of people from before they were erased; the audit log gets a row for each.

    Templates and consents from after that stay: such a person has been enrolled anew.
    """
    replayed = (_replay(session, employee_id, erased_at) for employee_id, erased_at in erased.items())
    done = tuple(one for one in replayed if one is not None)
    for one in done:
        details: audit_log.Details = {
            "templates": one.templates,
            "portrait": one.portrait_path is not None,
            "erased_at": erased[one.employee_id].isoformat(),
        }
        audit_log.append(session, actor, "erase", f"employee:{one.employee_id}", details)
    return done


def _replay(session: Session, employee_id: int, erased_at: datetime) -> ReplayedErasure | None:
    templates = session.execute(
        delete(EmbeddingRow)
        .where(EmbeddingRow.employee_id == employee_id, EmbeddingRow.created_at <= erased_at)
        .returning(EmbeddingRow.id),
        execution_options=WITHOUT_SESSION,
    ).all()
    consents = session.execute(
        update(ConsentRow)
        .where(
            ConsentRow.employee_id == employee_id,
            ConsentRow.given_at <= erased_at,
            ConsentRow.revoked_at.is_(None),
        )
        .values(revoked_at=erased_at)
        .returning(ConsentRow.id),
        execution_options=WITHOUT_SESSION,
    ).all()
    snapshots = session.execute(
        update(AttendanceRow)
        .where(
            AttendanceRow.employee_id == employee_id,
            AttendanceRow.timestamp <= erased_at,
            AttendanceRow.photo_path.is_not(None),
        )
        .values(photo_path=None)
        .returning(AttendanceRow.id),
        execution_options=WITHOUT_SESSION,
    ).all()
    portrait_path = _forget_portrait(session, employee_id)
    if not (templates or consents or snapshots or portrait_path):
        return None
    return ReplayedErasure(employee_id, len(templates), portrait_path)


def _forget_portrait(session: Session, employee_id: int) -> str | None:
    """Take a portrait away from whoever no longer agrees to anything."""
    agrees = exists().where(ConsentRow.employee_id == employee_id, ConsentRow.revoked_at.is_(None))
    person = (EmployeeRow.id == employee_id, EmployeeRow.photo_path.is_not(None), ~agrees)
    path: str | None = session.scalar(select(EmployeeRow.photo_path).where(*person))
    if path is not None:
        session.execute(
            update(EmployeeRow).where(EmployeeRow.id == employee_id).values(photo_path=None),
            execution_options=WITHOUT_SESSION,
        )
    return path
