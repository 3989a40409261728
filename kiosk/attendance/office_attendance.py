"""The attendance of a whole office, read and written in the database for other systems and the API."""

from __future__ import annotations

import logging
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from db.attendance_log import DatabaseAttendanceLog, find_event, insert_events, latest_event
from db.employee_queries import active_names, lock_active_employee
from db.session import Database
from kiosk.attendance.day_stays import rows_since
from kiosk.attendance.decision_explanation import explain_event
from kiosk.attendance.explained_event import ExplainedEvent
from kiosk.attendance.planned_days import read_planned_days
from kiosk.attendance.plans import planned_rules
from kiosk.attendance.presence import DayHours, hours_by_day, rows_by_person
from kiosk.attendance.rules import LastEvent, Rules
from kiosk.attendance.stays import CLOCK_TOLERANCE, Stay, stays_of
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.core.context import trace_id_or_new
from kiosk.core.logger import log
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.ports import Clock
from kiosk.domain.registration import AlreadyRegistered
from kiosk.domain.types import MAX_ID, AttendanceEvent, EventMode, EventType, Method
from kiosk.errors import EmployeeNotFound, EventRefused, InvalidInput

_DAY = timedelta(days=1)


class PresenceStatus(StrEnum):
    """Where somebody is: in while their stay goes on, left after one that ended today, else unknown."""

    IN_OFFICE = "in_office"
    LEFT = "left"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EmployeeStatus:
    """Where one employee is.

    Attributes:
        since_at: when they came, or left today, aware UTC; None where that is unknown.
    """

    employee_id: int
    full_name: str
    status: PresenceStatus
    since_at: datetime | None


class OfficeAttendance:
    """Any thread may call any method; all raise StorageError.

    A caller who names the type of an event is believed at once, where the door has to infer it and waits for its
    cooldown; only a repetition of the last type is refused.
    """

    def __init__(
        self,
        database: Database,
        rules: Rules,
        kiosk_id: str,
        clock: Clock,
        reasons: Collection[str] = (),
        *,
        holidays: HolidayConfig | None = None,
    ) -> None:
        """reasons: codes of the office's list of reasons for an exit. holidays: whose public holidays hold."""
        self._database = database
        self._log = DatabaseAttendanceLog(database)
        self._rules, self._zone = rules, rules.stays.zone
        self._kiosk_id = kiosk_id
        self._clock = clock
        self._reasons = reasons
        self._holidays = holidays or HolidayConfig()

    def log_entry(self, employee_id: int) -> AttendanceEvent:
        """See register."""
        return self.register(employee_id, EventType.ENTRY)

    def log_exit(self, employee_id: int) -> AttendanceEvent:
        """See register."""
        return self.register(employee_id, EventType.EXIT)

    def register(
        self, employee_id: int, event_type: EventType | None = None, reason: str | None = None
    ) -> AttendanceEvent:
        """Write an event of now, under the current trace id; the same trace id once more changes nothing.

        Args:
            employee_id: the number of an active employee.
            event_type: None for the one that follows by the office's rules.
            reason: why the person leaves, a code of the office's list; None for none.

        Raises:
            InvalidInput: the reason is not in the list, or the event is no exit.
            EmployeeNotFound: nobody has this number.
            EmployeeInactive: the employee has been deactivated.
            EventRefused: it is the same as the last event, or the trace id is another event's.
        """
        self._check_reason(reason)
        trace_id, now = trace_id_or_new(), self._clock.now()
        rules = self._rules_now(now)
        with self._database.transaction() as session:
            lock_active_employee(session, employee_id)
            before = find_event(session, trace_id)
            if before is not None:
                return _repeated(before, employee_id, event_type)
            last = latest_event(session, employee_id, now + CLOCK_TOLERANCE)
            event = AttendanceEvent(
                trace_id=trace_id,
                employee_id=employee_id,
                event_type=self._type_of(rules, last, event_type, now),
                occurred_at=now,
                confidence=None,
                kiosk_id=self._kiosk_id,
                method=Method.API,
                reason=reason,
            )
            if reason is not None and event.event_type is not EventType.EXIT:
                raise InvalidInput("a reason goes with an exit, and this would be an entry; leave the reason out")
            if not insert_events(session, [event]):
                raise EventRefused("another event has this trace id; send the request with a new one")
        log(logging.INFO, "event.registered", employee_id=employee_id, event_type=event.event_type, trace_id=trace_id)
        return event

    def can_log_entry(self, employee_id: int) -> bool:
        """Tell whether log_entry would write an entry now; False also for an unknown or deactivated employee."""
        if not 0 < employee_id <= MAX_ID:
            return False
        now = self._clock.now()
        rules = self._rules_now(now)
        with self._database.reading() as session:
            active = employee_id in active_names(session)
            last = latest_event(session, employee_id, now + CLOCK_TOLERANCE)
        try:
            self._type_of(rules, last, EventType.ENTRY, now)
        except EventRefused:
            return False
        return active

    def get_employee_status(self, employee_id: int) -> EmployeeStatus:
        """Return where an active employee is. Raises EmployeeNotFound, also for a deactivated one."""
        for person in self.statuses():
            if person.employee_id == employee_id:
                return person
        raise EmployeeNotFound(employee_id, "active employee")

    def statuses(self) -> tuple[EmployeeStatus, ...]:
        """Return where every active employee is, by number."""
        now = self._clock.now()
        rules = self._rules_now(now).stays
        with self._database.reading() as session:
            names = active_names(session)
        day_start_at = rules.day_start_at(rules.day_of(now))
        rows = rows_by_person(self._log.history(since=day_start_at - rules.reach))
        stays = {number: stays_of(rows.get(number, ()), rules.of(number), now) for number in sorted(names)}
        return tuple(_status(number, names[number], of_person, day_start_at) for number, of_person in stays.items())

    def get_present_employees(self) -> tuple[EmployeeStatus, ...]:
        """Return the active employees who are in, whatever the date, by number."""
        return tuple(person for person in self.statuses() if person.status is PresenceStatus.IN_OFFICE)

    def get_attendance_history(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        employee_id: int | None = None,
        *,
        skip: int = 0,
        limit: int | None = None,
        after: UUID | None = None,
    ) -> tuple[LogEntry, ...]:
        """Return a page of the log, the oldest event first; see DatabaseAttendanceLog.history."""
        return self._log.history(since, until, employee_id, skip=skip, limit=limit, after=after)

    def explain_event(self, trace_id: UUID) -> ExplainedEvent:
        """Return an event with what its decision rested on. Raises EventNotFound."""
        return explain_event(self._database, trace_id)

    def read_all(
        self, since: datetime | None = None, until: datetime | None = None, employee_id: int | None = None
    ) -> Generator[LogEntry]:
        """Yield the log, however long it is, the oldest event first; see DatabaseAttendanceLog.read_all."""
        return self._log.read_all(since, until, employee_id)

    def get_hours(self, since: datetime, until: datetime, employee_id: int | None = None) -> tuple[DayHours, ...]:
        """Return the stays that began from since up to, not including, until, by person and office day."""
        rules = self._rules.stays
        first, last = rules.day_of(since) - _DAY, rules.day_of(until) + _DAY
        with self._database.reading() as session:
            asked = read_planned_days(session, rules.zone, self._holidays, first, last)
            people = active_names(session) if employee_id is None else [employee_id]
        rules = replace(rules, plans=asked.plans)
        rows = self._log.history(rows_since(rules, asked, first, people), until + rules.reach, employee_id)
        return hours_by_day(rows, rules, asked, self._clock.now(), since=since, until=until)

    def count_attendance_history(
        self, since: datetime | None = None, until: datetime | None = None, employee_id: int | None = None
    ) -> int:
        return self._log.count(since, until, employee_id)

    def _check_reason(self, reason: str | None) -> None:
        if reason is not None and reason not in self._reasons:
            known = ", ".join(self._reasons) or "none"
            raise InvalidInput(f"{reason!r} is not in KIOSK_EXIT_REASONS; there are: {known}")

    def _rules_now(self, now: datetime) -> Rules:
        return replace(self._rules, stays=planned_rules(self._database, self._rules.stays, now, now))

    def _type_of(
        self, rules: Rules, last: AttendanceEvent | None, wanted: EventType | None, now: datetime
    ) -> EventType:
        """Return the type of an event of now: wanted, or the one that follows. Raises EventRefused."""
        due = rules.next_event(None if last is None else LastEvent(last), now, 0.0)
        if isinstance(due, AlreadyRegistered):
            if wanted is None or wanted is due.last.event_type:
                raise _already(due.last, self._zone)
            return wanted
        is_repeated = last is not None and wanted is last.event_type and rules.mode is EventMode.TOGGLE
        if last is not None and is_repeated and rules.stays.of(last.employee_id).may_still_last(last.occurred_at, now):
            raise _already(last, self._zone)
        return wanted or due.event_type


def _repeated(before: AttendanceEvent, employee_id: int, event_type: EventType | None) -> AttendanceEvent:
    if before.employee_id != employee_id or event_type not in (None, before.event_type):
        raise EventRefused("another event has this trace id; send the request with a new one")
    return before


def _already(last: AttendanceEvent, zone: ZoneInfo) -> EventRefused:
    at = last.occurred_at.astimezone(zone)
    return EventRefused(f"already registered: {last.event_type} at {at:%Y-%m-%d %H:%M}")


def _status(employee_id: int, full_name: str, stays: Sequence[Stay], day_start_at: datetime) -> EmployeeStatus:
    last = stays[-1] if stays else None
    if last is not None and last.is_open:
        return EmployeeStatus(employee_id, full_name, PresenceStatus.IN_OFFICE, last.entered_at)
    if last is not None and last.left_at is not None and last.left_at >= day_start_at:
        return EmployeeStatus(employee_id, full_name, PresenceStatus.LEFT, last.left_at)
    return EmployeeStatus(employee_id, full_name, PresenceStatus.UNKNOWN, None)
