"""What stands above a timesheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from kiosk.attendance.t13_pay import PayKind
from kiosk.attendance.timesheet import PersonMonth
from kiosk.domain.office_language import OfficeLanguage


@dataclass(frozen=True, slots=True)
class TimesheetHeading:
    """What a timesheet says of itself.

    Attributes:
        first, last: days of the period.
        made_on: day on which it was made.
        organisation: name of the office; may be empty.
        zone: of the office, in which moments are shown.
        language: of headings and marks; the form T-13 is Russian whatever it is.
        okpo: the office's code in the register; may be empty.
        pay_kinds: under which codes the form T-13 lists days and hours for pay.
    """

    first: date
    last: date
    made_on: date
    organisation: str
    zone: ZoneInfo
    language: OfficeLanguage = OfficeLanguage.ENGLISH
    okpo: str = ""
    pay_kinds: tuple[PayKind, ...] = ()


def by_department(months: Iterable[PersonMonth]) -> Iterator[tuple[str, Iterator[PersonMonth]]]:
    """Yield each department with its people, who come in the order of departments; "" for people without one."""
    return groupby(months, key=lambda month: month.person.department or "")
