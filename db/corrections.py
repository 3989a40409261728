"""Writes corrections of the attendance log: rows stay as they are, and corrections say which of them count.

All functions run within the caller's transaction, which began with db.closed_months.hold_closings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from db.attendance_changes import recorded_as
from db.attendance_log import find_event, insert_events
from db.correction_queries import is_automatic, is_voided
from db.models import AttendanceRow
from db.tables import CorrectionRow
from kiosk.domain.corrections import CorrectionAction, obstacle_to_undo
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import CorrectionNotFound, EventNotRecorded, EventRefused


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who corrects, and why."""

    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class LockedEvent:
    """A row that nobody else corrects until the transaction ends.

    Attributes:
        counts: whether it counts.
        is_automatic: whether it is an exit that the kiosk set, because nobody registered it.
    """

    id: int
    event: AttendanceEvent
    counts: bool
    is_automatic: bool = False


def lock_event(session: Session, trace_id: UUID) -> LockedEvent:
    """Lock a row; others who correct it wait. Raises EventNotRecorded for one that is not in the database yet."""
    row_id = session.scalar(select(AttendanceRow.id).where(AttendanceRow.trace_id == trace_id).with_for_update())
    event = find_event(session, trace_id)
    if row_id is None or event is None:
        raise EventNotRecorded
    columns = select(is_voided(AttendanceRow), is_automatic(AttendanceRow))
    voided, automatic = session.execute(columns.where(AttendanceRow.id == row_id)).one()
    return LockedEvent(row_id, event, not voided, automatic)


def void_event(session: Session, locked: LockedEvent, by: Authorship) -> int:
    """Say that a row does not count, and return the correction's number. Raises EventRefused if it did not before."""
    if not locked.counts:
        raise EventRefused("this event does not count any more; another correction came first")
    return _append(session, locked.id, CorrectionAction.VOID, by)


def add_event(session: Session, event: AttendanceEvent, by: Authorship) -> int:
    """Add a row by hand, and return the correction's number."""
    return _append(session, _inserted(session, event, by), CorrectionAction.ADD, by)


def replace_event(session: Session, locked: LockedEvent, by: Authorship, **changes: object) -> AttendanceEvent:
    """Void a row, add one that stands for it, and return that one's event.

    Args:
        session: the caller's transaction.
        locked: the row. The snapshot stays with the event that it was taken for.
        by: author and reason.
        changes: the fields of AttendanceEvent that are to be others.

    Raises:
        EventRefused: the row does not count any more.
    """
    event = replace(locked.event, trace_id=uuid4(), photo_path=None, **changes)  # type: ignore[arg-type]
    if event.event_type.means_present:
        event = replace(event, reason=None)
    row_id = _inserted(session, event, by)
    void_id = void_event(session, locked, by)
    stands_for = select(CorrectionRow.original_id).where(
        CorrectionRow.attendance_id == locked.id, CorrectionRow.original_id.is_not(None)
    )
    original_id = session.scalar(stands_for) or locked.id
    _append(session, row_id, CorrectionAction.ADD, by, part_of=void_id, original_id=original_id)
    return event


def undo_correction(session: Session, correction_id: int, by: Authorship) -> int:
    """Undo a correction with all that belongs to it, and return the number of the correction that does so.

    Raises:
        CorrectionNotFound: there is none of this number.
        EventRefused: a later correction of one of the rows has to be undone first.
    """
    parts = correction_parts(session, correction_id)
    undoes: int | None = parts[0].id
    part_of = None
    rows = select(AttendanceRow.id).where(AttendanceRow.id.in_([part.attendance_id for part in parts]))
    session.execute(rows.order_by(AttendanceRow.id).with_for_update())
    for part in parts:
        _require_undoable(session, part)
        action = CorrectionAction(part.action).inverse
        made = _append(session, part.attendance_id, action, by, part_of=part_of, undoes=undoes)
        part_of, undoes = part_of or made, None
    assert part_of is not None  # noqa: S101  there is at least one part
    return part_of


def correction_parts(session: Session, correction_id: int) -> Sequence[CorrectionRow]:
    """Return a correction with those that belong to it, the first of them first. Raises CorrectionNotFound."""
    found = session.get(CorrectionRow, correction_id)
    if found is None:
        raise CorrectionNotFound(correction_id)
    first = found.part_of or found.id
    together = or_(CorrectionRow.id == first, CorrectionRow.part_of == first)
    return session.scalars(select(CorrectionRow).where(together).order_by(CorrectionRow.id)).all()


def events_of(session: Session, correction_id: int) -> tuple[AttendanceEvent, ...]:
    """Return the events of a correction and of those that belong to it. Raises CorrectionNotFound."""
    ids = [part.attendance_id for part in correction_parts(session, correction_id)]
    trace_ids = session.scalars(select(AttendanceRow.trace_id).where(AttendanceRow.id.in_(ids)))
    found = (find_event(session, trace_id) for trace_id in trace_ids.all())
    return tuple(event for event in found if event is not None)


def last_correction(session: Session, row_id: int) -> int:
    """Return the number of a row's last correction."""
    return session.scalars(select(func.max(CorrectionRow.id)).where(CorrectionRow.attendance_id == row_id)).one()


def _require_undoable(session: Session, part: CorrectionRow) -> None:
    """Raise EventRefused if a correction was undone already, or a later one of its row has to be undone first."""
    first = aliased(CorrectionRow)
    acts = session.execute(
        select(first.id, first.undoes)
        .join(CorrectionRow, first.id == func.coalesce(CorrectionRow.part_of, CorrectionRow.id))
        .where(CorrectionRow.attendance_id == part.attendance_id)
        .order_by(CorrectionRow.id)
    ).all()
    wanted = part.part_of or part.id
    obstacle = obstacle_to_undo([(act, undoes) for act, undoes in acts], wanted)
    if obstacle is None:
        return
    if (obstacle, wanted) in [(act, undoes) for act, undoes in acts]:
        raise EventRefused(f"correction {wanted} was undone already, by correction {obstacle}")
    raise EventRefused(f"correction {wanted} was followed by correction {obstacle}; undo that first")


def _inserted(session: Session, event: AttendanceEvent, by: Authorship) -> int:
    insert_events(session, [event], by.author)
    return session.scalars(select(AttendanceRow.id).where(AttendanceRow.trace_id == event.trace_id)).one()


def _append(session: Session, row_id: int, action: CorrectionAction, by: Authorship, **references: int | None) -> int:
    """Append a correction; the unique number lets only one of two at once be written."""
    count = select(func.count()).where(CorrectionRow.attendance_id == row_id).scalar_subquery()
    row = {"attendance_id": row_id, "action": action.value, "author": by.author, "reason": by.reason, **references}
    with recorded_as(session, by.author):
        added = insert(CorrectionRow).values(**row, number=count + 1).returning(CorrectionRow.id)
        return session.execute(added).scalar_one()
