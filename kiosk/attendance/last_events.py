"""Each person's last event, kept up to date while this device and others write events.

An event of this device counts as soon as it is in the journal. Once it is in the database too, the database decides,
so that an event that is voided or added there counts here as well. The database orders events by UTC alone: when the
wall clock was set back between two events, the earlier one looks like the last. Such an event is remembered as
superseded, and the database does not bring it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from kiosk.attendance.rules import LastEvent
from kiosk.domain.types import AttendanceEvent


class LastEvents:
    """Each person's last event, and under None that of unknown visitors. One thread may read while another writes."""

    def __init__(self, journal_events: Iterable[AttendanceEvent]) -> None:
        """journal_events: in the order in which they were registered, as the journal returns them."""
        self._last: dict[int | None, LastEvent] = {}
        self._before: dict[int | None, LastEvent] = {}
        self._superseded: set[UUID] = set()
        self._taken_back: set[UUID] = set()
        for event in journal_events:
            self.add(LastEvent(event))

    def last(self, employee_id: int | None) -> LastEvent | None:
        return self._last.get(employee_id)

    def add(self, newest: LastEvent) -> None:
        """Add an event that this device has just registered."""
        employee_id = newest.event.employee_id
        previous = self._last.get(employee_id)
        if previous is not None and previous.event.occurred_at >= newest.event.occurred_at:
            self._superseded.add(previous.event.trace_id)
        self._last[employee_id] = newest
        if previous is not None:
            self._before[employee_id] = previous

    def take_back(self, event: AttendanceEvent) -> None:
        """Let an event count no more: the one before it, as far as it is known here, is the last again."""
        self._taken_back.add(event.trace_id)
        before, last = self._before.pop(event.employee_id, None), self._last.get(event.employee_id)
        if last is None or last.event.trace_id != event.trace_id:
            return
        if before is None:
            del self._last[event.employee_id]
        else:
            self._superseded.discard(before.event.trace_id)
            self._last[event.employee_id] = before

    def explain(self, event: AttendanceEvent) -> None:
        """Put an event that has got a reason in the place of the same one without."""
        last = self._last.get(event.employee_id)
        if last is not None and last.event.trace_id == event.trace_id:
            self._last[event.employee_id] = LastEvent(event, last.monotonic_s)

    def update_from_database(
        self, latest_events: Iterable[AttendanceEvent], is_pending: Callable[[UUID], bool]
    ) -> None:
        """Let the database decide where it can.

        Args:
            latest_events: the database's latest event of each employee.
            is_pending: whether the event of a trace id, or its void, is not in the database yet.
        """
        self._taken_back = set(filter(is_pending, self._taken_back))
        in_database = {event.employee_id: event for event in latest_events if event.employee_id is not None}
        employee_ids = {employee_id for employee_id in self._last if employee_id is not None} | in_database.keys()
        for employee_id in employee_ids:
            recorded = in_database.get(employee_id)
            if recorded is not None and recorded.trace_id in self._taken_back:
                continue  # the database does not know of its void yet
            self._update_one(employee_id, recorded, is_pending)

    def _update_one(
        self, employee_id: int, recorded: AttendanceEvent | None, is_pending: Callable[[UUID], bool]
    ) -> None:
        own = self._last.get(employee_id)
        if own is not None and self._keeps(own.event, recorded, is_pending):
            return
        self._before.pop(employee_id, None)
        if recorded is None:
            self._last.pop(employee_id, None)
        else:
            self._last[employee_id] = LastEvent(recorded)

    def _keeps(
        self, own: AttendanceEvent, recorded: AttendanceEvent | None, is_pending: Callable[[UUID], bool]
    ) -> bool:
        """Whether this device's last event stays, given the database's."""
        if recorded is None:
            return is_pending(own.trace_id)
        if recorded.occurred_at > own.occurred_at:
            return recorded.trace_id in self._superseded
        return recorded.trace_id == own.trace_id or is_pending(own.trace_id)
