"""What stands above a timesheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from kiosk.attendance.timesheet import PersonMonth


@dataclass(frozen=True, slots=True)
class TimesheetHeading:
    """What a timesheet says of itself.

    Attributes:
        first, last: days of the period.
        made_on: day on which it was made.
        organisation: name of the office; may be empty.
        zone: of the office, in which moments are shown.
    """

    first: date
    last: date
    made_on: date
    organisation: str
    zone: ZoneInfo


def by_department(months: Iterable[PersonMonth]) -> Iterator[tuple[str, Iterator[PersonMonth]]]:
    """Yield each department with its people, who come in the order of departments; "" for people without one."""
    return groupby(months, key=lambda month: month.person.department or "")
