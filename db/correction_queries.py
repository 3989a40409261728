"""Queries of the corrections: which rows count, and why; within the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, exists, select
from sqlalchemy.orm import Session, aliased

from db.models import AttendanceRow
from db.tables import CorrectionRow
from kiosk.domain.corrections import AUTOMATIC, CorrectionAction, OriginalRow, RowCorrection
from kiosk.domain.types import EventType

People: TypeAlias = int | Collection[int] | None
"""Whose rows: one person's, several people's, or everybody's and unknown visitors'."""


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """A correction beside the row that it is of, and the row that this one stands for."""

    correction: RowCorrection
    row: OriginalRow


def is_voided(row: type[AttendanceRow]) -> Exists:
    """Return the condition that a row does not count: kiosk.domain.corrections.row_counts, in SQL."""
    later = aliased(CorrectionRow)
    is_followed = exists().where(
        later.attendance_id == CorrectionRow.attendance_id, later.number > CorrectionRow.number
    )
    return exists().where(
        CorrectionRow.attendance_id == row.id, CorrectionRow.action == CorrectionAction.VOID, ~is_followed
    )


def is_automatic(row: type[AttendanceRow]) -> Exists:
    """Return the condition that the kiosk set a row, because nobody registered it: LogEntry.is_automatic, in SQL."""
    return exists().where(CorrectionRow.attendance_id == row.id, CorrectionRow.author == AUTOMATIC)


def is_corrected(row: type[AttendanceRow]) -> Exists:
    """Return the condition that a row was corrected, whatever became of that, or stands for another one."""
    made = aliased(CorrectionRow)  # a query that selects corrections itself would take its own for this one
    return exists().where(made.attendance_id == row.id)


def corrected_rows(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None
) -> tuple[CorrectedRow, ...]:
    """Return the corrections that conditions on CorrectionRow and AttendanceRow select, the earliest first."""
    original_row = aliased(AttendanceRow)  # each call's own: threads that share a new one break it for good
    query = (
        select(CorrectionRow, AttendanceRow, original_row)
        .join(AttendanceRow, AttendanceRow.id == CorrectionRow.attendance_id)
        .outerjoin(original_row, original_row.id == CorrectionRow.original_id)
        .where(*conditions)
        .order_by(CorrectionRow.id)
        .limit(limit)
    )
    return tuple(
        CorrectedRow(_correction(correction, original), _original(row))
        for correction, row, original in session.execute(query)
    )


def list_corrections(
    session: Session,
    since: datetime | None,
    until: datetime | None,
    employee_id: int | None,
    *,
    after: int | None = None,
    limit: int | None = None,
) -> tuple[CorrectedRow, ...]:
    """Return the corrections of the rows of a span of time, the earliest correction first.

    None leaves since, until and employee_id open. after: the correction that the page follows. limit: of the page.
    """
    following = () if after is None else (CorrectionRow.id > after,)
    whose = of_people(employee_id)
    return corrected_rows(session, *timestamp_within(since, until), *whose, *following, limit=limit)


def corrections_by_row(
    session: Session, conditions: Sequence[ColumnElement[bool]]
) -> Mapping[UUID, tuple[RowCorrection, ...]]:
    """Return the corrections of the rows that conditions on AttendanceRow select, by the rows' trace ids, in order."""
    found: dict[UUID, list[RowCorrection]] = defaultdict(list)
    for corrected in corrected_rows(session, *conditions):
        found[corrected.row.trace_id].append(corrected.correction)
    return {trace_id: tuple(corrections) for trace_id, corrections in found.items()}


def timestamp_within(since: datetime | None, until: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on AttendanceRow for a span of time; None leaves it open."""
    conditions = []
    if since is not None:
        conditions.append(AttendanceRow.timestamp >= since)
    if until is not None:
        conditions.append(AttendanceRow.timestamp < until)
    return tuple(conditions)


def of_people(employee_id: People) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on AttendanceRow for one person or several; None for everybody."""
    if employee_id is None:
        return ()
    return (AttendanceRow.employee_id.in_((employee_id,) if isinstance(employee_id, int) else employee_id),)


def _correction(row: CorrectionRow, original: AttendanceRow | None) -> RowCorrection:
    return RowCorrection(
        id=row.id,
        action=CorrectionAction(row.action),
        author=row.author,
        reason=row.reason,
        at=row.at,
        part_of=row.part_of,
        undoes=row.undoes,
        original=None if original is None else _original(original),
    )


def _original(row: AttendanceRow) -> OriginalRow:
    return OriginalRow(row.trace_id, row.employee_id, row.timestamp, EventType(row.event_type))
