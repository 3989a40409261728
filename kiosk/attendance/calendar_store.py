"""The office's own calendar days over the country's holidays: checked, and written with an audit row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db import audit_log
from db.calendar_days import CalendarDay, delete_calendar_day, list_calendar_days, set_calendar_day
from db.session import Database
from kiosk.attendance.work_calendar import HolidayConfig, work_calendar
from kiosk.core.context import current_actor
from kiosk.errors import InvalidInput, RecordNotFound

MAX_NAME = 100
FIRST_YEAR, LAST_YEAR = 1990, 2100


class CalendarStore:
    """Each method is one transaction and raises StorageError.

    Args:
        database: of the office.
        config: whose public holidays hold.
    """

    def __init__(self, database: Database, config: HolidayConfig) -> None:
        self._database = database
        self._config = config

    def days(self, first: date, last: date) -> dict[date, CalendarDay]:
        """Return the days from first to last that differ from any schedule, the earliest first.

        Raises InvalidInput for years that no calendar has, ConfigurationError for an unknown country.
        """
        if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
            raise InvalidInput(f"a calendar has the years {FIRST_YEAR} to {LAST_YEAR}, the earlier day first")
        with self._database.reading() as session:
            own = list_calendar_days(session, first, last)
        return work_calendar(self._config, own, first, last)

    def set_all(self, days: Sequence[CalendarDay]) -> None:
        """Write days down, each in the place of what was decided on it before. Raises InvalidInput."""
        for found in days:
            check_calendar_day(found)
        with self._database.transaction() as session:
            for found in days:
                set_calendar_day(session, found, current_actor())
                audit_log.append(
                    session, current_actor(), "calendar_day_set", f"day:{found.day}", {"kind": found.kind.value}
                )

    def remove(self, day: date) -> None:
        """Take the office's own decision back. Raises RecordNotFound when there is none."""
        with self._database.transaction() as session:
            if not delete_calendar_day(session, day):
                raise RecordNotFound(
                    "calendar_day",
                    f"the office has decided nothing on {day}; `kiosk schedules holidays list` shows it",
                )
            audit_log.append(session, current_actor(), "calendar_day_removed", f"day:{day}")


def check_calendar_day(found: CalendarDay) -> None:
    """Raise InvalidInput for what cannot be a day of the calendar."""
    if len(found.name) > MAX_NAME:
        raise InvalidInput(f"the name of a day has {MAX_NAME} characters at the most")
    if not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        raise InvalidInput(f"a calendar has the years {FIRST_YEAR} to {LAST_YEAR}")
