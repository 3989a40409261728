"""A fake of how the day goes, set by hand."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.office_day import LatePerson, MissingPerson, OfficeDay
from kiosk.monitoring.health import HealthCheck, HealthGrade
from kiosk.ui.screenshots.fake_attendance import NOW, FakeAttendanceBackend


class FakeOverview:
    """An OverviewBackend that answers what was set.

    Attributes:
        has_schedules: who is late or missing is known.
        checks: of the device's health.
    """

    def __init__(self, attendance: FakeAttendanceBackend) -> None:
        self._attendance = attendance
        self.has_schedules = True
        self.checks: tuple[HealthCheck, ...] = (HealthCheck("kiosk", HealthGrade.OK),)

    def present_day(self) -> OfficeDay:
        people = [member.person for member in self._attendance.people()]
        if not self.has_schedules or len(people) < 4:
            return OfficeDay(len(people))
        late = LatePerson(people[1].id, people[1].full_name, NOW - timedelta(hours=5), timedelta(minutes=24))
        missing = (MissingPerson(one.id, one.full_name, NOW - timedelta(hours=6)) for one in people[2:4])
        return OfficeDay(len(people) - 2, len(people), (late,), tuple(missing))

    def last_events(self, most: int, /) -> tuple[LogEntry, ...]:
        return tuple(event for event in self._attendance.events if not event.voided)[:most]

    def health(self) -> tuple[HealthCheck, ...]:
        return self.checks
