"""What the administrator sees first: how the day goes, what happened last, and whether all is in order."""

from __future__ import annotations

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.attendance.office_day import office_day
from kiosk.attendance.stays import StayRules
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.attendance_log import LogEntry, LogFilter
from kiosk.domain.office_day import OfficeDay
from kiosk.domain.ports import Clock
from kiosk.monitoring.health import DeviceProbe, HealthCheck


class AdminOverview:
    """Any thread may call any method; all may block, and all but health raise StorageError.

    Args:
        database: of the office.
        rules: the office's.
        holidays: whose public holidays hold.
        clock: says what now is.
        probe: of this device's health.
    """

    def __init__(
        self, database: Database, rules: StayRules, holidays: HolidayConfig, clock: Clock, probe: DeviceProbe
    ) -> None:
        self._database, self._rules, self._holidays = database, rules, holidays
        self._clock, self._probe = clock, probe
        self._log = DatabaseAttendanceLog(database)

    def present_day(self) -> OfficeDay:
        return office_day(self._database, self._rules, self._holidays, self._clock.now())

    def last_events(self, most: int) -> tuple[LogEntry, ...]:
        """Return the latest events that count, of the last hours alone, the latest first. most: how many."""
        now = self._clock.now()
        found = self._log.latest(LogFilter(now - self._rules.reach, now), 2 * most)
        return tuple(entry for entry in found if not entry.voided)[:most]

    def health(self) -> tuple[HealthCheck, ...]:
        """Return this device's checks; only small files are read."""
        return self._probe.probe().checks
