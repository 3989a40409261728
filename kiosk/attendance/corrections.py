"""Corrections of the attendance: entries and exits are added, voided and changed by hand, and corrections undone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from db import audit_log, corrections
from db.closed_months import hold_closings
from db.correction_queries import CorrectedRow, list_corrections
from db.corrections import Authorship
from db.session import Database, Session
from kiosk.attendance.checked_corrections import CheckedCorrections, touched_by
from kiosk.attendance.correction_authors import authorship
from kiosk.attendance.correction_checks import Touched
from kiosk.attendance.stays import StayRules
from kiosk.domain.ports import Clock
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did.

    Attributes:
        correction_id: names it, also to undo it.
        event: what it was about: the event that was voided, or the one that counts now; None for an undone correction.
        warnings: sentences about stays that lack an entry or exit because of it.
    """

    correction_id: int
    event: AttendanceEvent | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventChanges:
    """What is to be another; None stays as it is. exit_reason: a code of the office's list."""

    at: datetime | None = None
    event_type: EventType | None = None
    employee_id: int | None = None
    exit_reason: str | None = None


class Corrections:
    """Any thread may call any method. Each is one transaction and raises StorageError.

    author: such as "kiosk:kiosk-1", "cli:anna" or "token:payroll"; recorded with the reason, and in the audit log.
    All that correct raise InvalidInput without a reason, MonthClosed for a closed month, and EventNotRecorded for an
    event that is not in the database yet.
    """

    def __init__(
        self, database: Database, rules: StayRules, kiosk_id: str, clock: Clock, exit_reasons: Collection[str] = ()
    ) -> None:
        """kiosk_id: the door that added events are said to be of. exit_reasons: the codes of the office's list."""
        self._exit_reasons = exit_reasons
        self._database, self._kiosk_id = database, kiosk_id
        self._checks = CheckedCorrections(rules, clock)

    def listed(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        employee_id: int | None = None,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> tuple[CorrectedRow, ...]:
        """Return the corrections of the rows of a span of time, the earliest correction first.

        after: the number of the correction that the page follows. limit: of the page.
        """
        with self._database.reading() as session:
            return list_corrections(session, since, until, employee_id, after=after, limit=limit)

    def void(self, trace_id: UUID, author: str, reason: str) -> Corrected:
        """Void an event, so that it does not count. Raises EventRefused for one that does not already."""
        by = authorship(author, reason)
        with self._database.transaction() as session:
            hold_closings(session)
            return self._void(session, corrections.lock_event(session, trace_id), by)

    def take_back(self, trace_id: UUID, author: str, reason: str) -> AttendanceEvent:
        """Void an event and return it; once more changes nothing, as when a button is pressed twice."""
        by = authorship(author, reason)
        with self._database.transaction() as session:
            hold_closings(session)
            locked = corrections.lock_event(session, trace_id)
            if locked.counts:
                self._void(session, locked, by)
            return locked.event

    def turn(self, trace_id: UUID, author: str, reason: str) -> AttendanceEvent:
        """Replace an event by the opposite one of the same time, and return that one.

        Raises EventRefused for an event that does not count.
        """
        by = authorship(author, reason)
        with self._database.transaction() as session:
            hold_closings(session)
            locked = corrections.lock_event(session, trace_id)
            event, turned_type = locked.event, locked.event.event_type.opposite
            touched = [touched_by(event), Touched(event.employee_id, turned_type, event.occurred_at)]
            turned, _ = self._checks.correct(
                session, touched, lambda: corrections.replace_event(session, locked, by, event_type=turned_type)
            )
            details = {
                "correction": corrections.last_correction(session, locked.id), "employee_id": event.employee_id,
                "turned_into": str(turned.trace_id), "type": turned.event_type.value,
            }  # fmt: skip
            audit_log.append(session, author, "event_turn", f"event:{trace_id}", details)
        return turned

    def add(  # noqa: PLR0917  what a row is made of
        self,
        employee_id: int,
        event_type: EventType,
        at: datetime,
        author: str,
        reason: str,
        exit_reason: str | None = None,
    ) -> Corrected:
        """Add an event that nobody registered.

        Args:
            employee_id: whose it is.
            event_type: entry or exit.
            at: when it happened, aware.
            author: who adds it.
            reason: why it is added.
            exit_reason: why the person left, a code of the office's list; None for none.

        Raises:
            EmployeeNotFound: nobody has this number.
            InvalidInput: it is in the future or before the person was there, or the code does not fit.
            EventRefused: the very same is there already, or the person has left and is erased.
        """
        by = authorship(author, reason)
        self._check_exit_reason(exit_reason, event_type)
        event = AttendanceEvent(
            uuid4(), employee_id, event_type, at, None, self._kiosk_id, Method.MANUAL, reason=exit_reason
        )
        with self._database.transaction() as session:
            hold_closings(session)
            self._checks.require_possible(session, touched_by(event))
            made, warnings = self._checks.correct(
                session, [touched_by(event)], lambda: corrections.add_event(session, event, by), added=touched_by(event)
            )
            details = {"employee_id": employee_id, "correction": made, "type": event_type.value}
            audit_log.append(session, author, "event_add", f"event:{event.trace_id}", details)
        return Corrected(made, event, warnings)

    def change(self, trace_id: UUID, changes: EventChanges, author: str, reason: str) -> Corrected:
        """Replace an event by one of another time, type or person; an unknown visitor becomes a person so.

        An exit that the kiosk set may stay as it is: it counts in the author's name then, and is no question any more.
        Raises the errors of add, and EventRefused for an event that does not count.
        """
        by = authorship(author, reason)
        with self._database.transaction() as session:
            hold_closings(session)
            locked = corrections.lock_event(session, trace_id)
            before = touched_by(locked.event)
            after = Touched(
                before.employee_id if changes.employee_id is None else changes.employee_id,
                changes.event_type or before.event_type,
                changes.at or before.at,
            )
            exit_reason = changes.exit_reason or locked.event.reason
            self._check_exit_reason(changes.exit_reason, after.event_type)
            if after == before and exit_reason == locked.event.reason and not locked.is_automatic:
                raise InvalidInput("this changes nothing; name another time, type or person")
            self._checks.require_possible(session, after)
            fields = {
                "employee_id": after.employee_id, "event_type": after.event_type, "occurred_at": after.at,
                "confidence": None, "method": Method.MANUAL, "reason": exit_reason,
            }  # fmt: skip
            event, warnings = self._checks.correct(
                session,
                [before, after],
                lambda: corrections.replace_event(session, locked, by, **fields),
                added=None if after == before else after,
            )
            made = corrections.last_correction(session, locked.id)
            details: audit_log.Details = {
                "correction": made, "changed_into": str(event.trace_id), "employee_id": after.employee_id,
                "from_employee_id": before.employee_id,
            }  # fmt: skip
            audit_log.append(session, author, "event_change", f"event:{trace_id}", details)
        return Corrected(made, event, warnings)

    def undo(self, correction_id: int, author: str, reason: str) -> Corrected:
        """Undo a correction, so that what counted before counts again; that can be undone as well.

        Raises CorrectionNotFound, and EventRefused when a later correction of the same event has to be undone first.
        """
        by = authorship(author, reason)
        with self._database.transaction() as session:
            hold_closings(session)
            events = corrections.events_of(session, correction_id)
            made, warnings = self._checks.correct(
                session,
                [touched_by(event) for event in events],
                lambda: corrections.undo_correction(session, correction_id, by),
            )
            details = {"correction": made, "undoes": correction_id}
            audit_log.append(session, author, "event_undo", f"event:{events[0].trace_id}", details)
        return Corrected(made, None, warnings)

    def _void(self, session: Session, locked: corrections.LockedEvent, by: Authorship) -> Corrected:
        made, warnings = self._checks.correct(
            session, [touched_by(locked.event)], lambda: corrections.void_event(session, locked, by)
        )
        details = {"correction": made, "employee_id": locked.event.employee_id}
        audit_log.append(session, by.author, "event_void", f"event:{locked.event.trace_id}", details)
        return Corrected(made, locked.event, warnings)

    def _check_exit_reason(self, code: str | None, event_type: EventType) -> None:
        if code is not None and code not in self._exit_reasons:
            known = ", ".join(self._exit_reasons) or "none"
            raise InvalidInput(f"{code!r} is not in KIOSK_EXIT_REASONS; there are: {known}")
        if code is not None and event_type is not EventType.EXIT:
            raise InvalidInput("a reason goes with an exit; leave it out for an entry")
