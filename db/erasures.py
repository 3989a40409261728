"""Repeats erasures in a database that was restored from before them; within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from db import audit_log
from db.consents import has_valid_consent
from db.decision_records import delete_decision_records_about
from db.embedder_switches import delete_visits
from db.employee_queries import clear_portrait_path
from db.models import AttendanceRow, EmbeddingRow, EmployeeRow
from db.record_changes import record_erasure
from db.session import changed_count
from db.stored_answers import erase_answers
from db.tables import AbsenceRow, AuditRow, ConsentRow, RequestRow
from kiosk.core.erasure_list import Erased, merged


@dataclass(frozen=True, slots=True)
class ReplayedErasure:
    """An erasure that had to be repeated.

    Attributes:
        employee_id: whose face was erased.
        templates: how many were deleted.
        portrait_path: of the portrait to delete, relative to the data directory; None without one.
    """

    employee_id: int
    templates: int
    portrait_path: str | None


def erased_by_audit(session: Session) -> dict[int, datetime]:
    """Return the latest erasure of each person in the audit log."""
    rows = session.execute(select(AuditRow.subject, AuditRow.at).where(AuditRow.action == "erase"))
    told = ((subject.removeprefix("employee:"), at) for subject, at in rows if subject)
    return merged(*({int(number): at} for number, at in told if number.isdecimal()))


def erased_people(session: Session) -> frozenset[int]:
    """Return whose face was erased, without those who have agreed anew since then."""
    agreed = session.scalars(select(EmployeeRow.id).where(has_valid_consent(EmployeeRow.id)))
    return frozenset(erased_by_audit(session)) - frozenset(agreed)


def replay_erasures(session: Session, erased: Erased, actor: str) -> tuple[ReplayedErasure, ...]:
    """Erase again what is older than a person's erasure, and append a row for each to the audit log.

    Later templates and consents stay: such a person has been enrolled again.
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
        record_erasure(session, one.employee_id)
    return done


def erase_texts(session: Session, employee_id: int, until: datetime | None = None) -> int:
    """Erase what was typed about a person in requests, their answers and absences; return in how many rows.

    The rows stay. until: of rows up to then alone.
    """
    request, absence = RequestRow, AbsenceRow
    is_written = or_(request.text != "", request.answer.is_not(None))
    requests = [request.employee_id == employee_id, is_written]
    absences = [absence.employee_id == employee_id, absence.note != ""]
    if until is not None:
        requests.append(request.asked_at <= until)
        absences.append(absence.created_at <= until)
    return changed_count(session, update(request).where(*requests).values(text="", answer=None)) + changed_count(
        session, update(absence).where(*absences).values(note="")
    )


def _replay(session: Session, employee_id: int, erased_at: datetime) -> ReplayedErasure | None:
    old_templates = (EmbeddingRow.employee_id == employee_id, EmbeddingRow.created_at <= erased_at)
    templates = changed_count(session, delete(EmbeddingRow).where(*old_templates))
    visits = delete_visits(session, employee_id, erased_at)
    old_consents = (ConsentRow.employee_id == employee_id, ConsentRow.given_at <= erased_at)
    revocation = update(ConsentRow).where(*old_consents, ConsentRow.revoked_at.is_(None)).values(revoked_at=erased_at)
    consents = changed_count(session, revocation)
    old_events = (AttendanceRow.employee_id == employee_id, AttendanceRow.timestamp <= erased_at)
    with_snapshot = update(AttendanceRow).where(*old_events, AttendanceRow.photo_path.is_not(None))
    snapshots = changed_count(session, with_snapshot.values(photo_path=None))
    portrait_path = _forget_portrait(session, employee_id)
    answers = erase_answers(session, employee_id, erased_at) + erase_texts(session, employee_id, erased_at)
    delete_decision_records_about(session, employee_id, erased_at)
    if not (templates or visits or consents or snapshots or portrait_path or answers):
        return None
    return ReplayedErasure(employee_id, templates, portrait_path)


def _forget_portrait(session: Session, employee_id: int) -> str | None:
    """Clear the path of the portrait of somebody without a valid consent, and return it."""
    person = (EmployeeRow.id == employee_id, EmployeeRow.photo_path.is_not(None), ~has_valid_consent(EmployeeRow.id))
    path: str | None = session.scalar(select(EmployeeRow.photo_path).where(*person))
    if path is not None:
        clear_portrait_path(session, employee_id)
    return path
