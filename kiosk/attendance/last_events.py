"""Who stands where: each person's last event, kept right while this device and others write.

An event of this device counts from the moment it is in the journal; once it is in the database too, the database is
right, so that an event that is voided or added there counts here as well. The database knows the order by UTC alone:
an event that looks later than one registered after it (the wall clock was set back in between) is remembered as
overtaken and does not come back as the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from kiosk.attendance.rules import LastEvent
from kiosk.domain.types import AttendanceEvent


class LastEvents:
    """Each person's last event, under None that of unknown visitors. Looking is safe while another thread writes."""

    def __init__(self, journal_events: Iterable[AttendanceEvent]) -> None:
        """journal_events: in the order of their registering, as the journal returns them."""
        self._last: dict[int | None, LastEvent] = {}
        self._overtaken: set[UUID] = set()
        for event in journal_events:
            self.advance(LastEvent(event))

    def last(self, employee_id: int | None) -> LastEvent | None:
        return self._last.get(employee_id)

    def advance(self, newest: LastEvent) -> None:
        """Take up an event that has just been registered here."""
        employee_id = newest.event.employee_id
        previous = self._last.get(employee_id)
        if previous is not None and previous.event.occurred_at >= newest.event.occurred_at:
            self._overtaken.add(previous.event.trace_id)
        self._last[employee_id] = newest

    def merge(self, recorded: Iterable[AttendanceEvent], is_pending: Callable[[UUID], bool]) -> None:
        """Take up the database's latest event of each employee.

        is_pending: whether an event still waits for the database, so that the database cannot know it.
        """
        in_database = {event.employee_id: event for event in recorded if event.employee_id is not None}
        employee_ids = {employee_id for employee_id in self._last if employee_id is not None} | in_database.keys()
        for employee_id in employee_ids:
            self._merge_one(employee_id, in_database.get(employee_id), is_pending)

    def _merge_one(
        self, employee_id: int, recorded: AttendanceEvent | None, is_pending: Callable[[UUID], bool]
    ) -> None:
        mine = self._last.get(employee_id)
        if mine is not None and self._stays(mine.event, recorded, is_pending):
            return
        if recorded is None:
            self._last.pop(employee_id, None)
        else:
            self._last[employee_id] = LastEvent(recorded)

    def _stays(
        self, mine: AttendanceEvent, recorded: AttendanceEvent | None, is_pending: Callable[[UUID], bool]
    ) -> bool:
        if recorded is None:
            return is_pending(mine.trace_id)
        if recorded.occurred_at > mine.occurred_at:
            return recorded.trace_id in self._overtaken
        return recorded.trace_id == mine.trace_id or is_pending(mine.trace_id)
