"""The Russian unified form T-13: what each person's days, halves and month say in its codes. Pure.

The form was approved by the Goskomstat's resolution of 5 January 2004, number 1. A day shows codes above their hours;
hours are written as 8 or 7:44.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.attendance.day_account import NOTHING, DayAccount
from kiosk.attendance.timesheet import PersonMonth
from kiosk.domain.work_calendar import AbsenceKind

MINUTE = timedelta(minutes=1)
HALF_DAYS = 15
COLUMNS = 16
NO_DAY = "X"
ABSENCE_CODES = {
    AbsenceKind.VACATION: "ОТ",
    AbsenceKind.SICK_LEAVE: "Б",
    AbsenceKind.TRIP: "К",
    AbsenceKind.UNPAID: "ДО",
    AbsenceKind.OTHER: "НН",
}
CODES = (
    "Я", "Н", "РВ", "С", "ВМ", "К", "ПК", "ПМ", "ОТ", "ОД", "У", "УВ", "УД", "Р", "ОЖ", "ДО", "ОЗ", "ДБ", "Б", "Т",
    "ЛЧ", "ПВ", "Г", "ПР", "НС", "В", "ОВ", "НВ", "ЗБ", "НН", "РП", "НП", "ВП", "НО", "НБ", "НЗ",
)  # fmt: skip
"""All codes in the order of the form's first page, where they are numbered from 01."""

PRESENT_CODES = frozenset({"Я", "Н", "РВ", "С", "ВМ", "К", "ПК", "ПМ"})
DAY_OFF_CODE, MISSING_CODE = "В", "НН"
ABSENCES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class T13Day:
    """One day: codes with the hours of each; no code for a day of which nothing is known."""

    parts: tuple[tuple[str, timedelta], ...] = ()

    @property
    def codes(self) -> str:
        return "/".join(code for code, _ in self.parts)

    @property
    def hours(self) -> str:
        return "/".join(shown_hours(hours) for _, hours in self.parts if hours)

    @property
    def is_attended(self) -> bool:
        return any(code in PRESENT_CODES for code, _ in self.parts)

    @property
    def worked(self) -> timedelta:
        return sum((hours for code, hours in self.parts if code in PRESENT_CODES), NOTHING)


@dataclass(frozen=True, slots=True)
class T13Total:
    """Attended days and worked hours of a half month or a month."""

    days: int
    hours: timedelta


@dataclass(frozen=True, slots=True)
class T13Person:
    """One person's four lines.

    Attributes:
        month: whose it is.
        halves: sixteen days each; None for a day that the month does not have.
        totals: of both halves.
        absences: code, days and hours of each reason for which the person was away, at most ABSENCES_SHOWN.
    """

    month: PersonMonth
    halves: tuple[tuple[T13Day | None, ...], tuple[T13Day | None, ...]]
    totals: tuple[T13Total, T13Total]
    absences: tuple[tuple[str, int, timedelta], ...]

    @property
    def total(self) -> T13Total:
        first, second = self.totals
        return T13Total(first.days + second.days, first.hours + second.hours)

    @property
    def name_lines(self) -> tuple[str, ...]:
        """The name and, where it is known, the position, on at most four lines."""
        words, position = self.month.person.full_name.split(), self.month.person.position
        most = 4 if position is None else 3
        lines = (*words[: most - 1], " ".join(words[most - 1 :])) if len(words) > most else tuple(words)
        return lines if position is None else (*lines, position)

    @property
    def number(self) -> str:
        """The personnel number; without one, the employee's id."""
        return self.month.person.external_id or str(self.month.person.id)


def person_of(month: PersonMonth, first: date) -> T13Person:
    """Return the form's lines of a person's month. first: the month's first day."""
    accounts = {account.day: account for account in month.days}
    days: list[T13Day | None] = []
    for count in range(31):
        day = first + timedelta(days=count)
        days.append(_day(accounts.get(day), day in month.days_off) if day.month == first.month else None)
    first_half, second_half = (*days[:HALF_DAYS], None), tuple(days[HALF_DAYS:])
    known = [day for day in days if day is not None]
    return T13Person(
        month, (first_half, second_half), (_total(first_half), _total(second_half)), tuple(_absences(known))
    )


def shown_hours(hours: timedelta) -> str:
    """Return 8 for eight hours and 7:44 for anything between."""
    minutes = hours // MINUTE
    return str(minutes // 60) if minutes % 60 == 0 else f"{minutes // 60}:{minutes % 60:02}"


def days_and_hours(days: int, hours: timedelta) -> str:
    """Return 3 (24): so many days and, where there are any, hours."""
    return f"{days} ({shown_hours(hours)})" if hours else str(days)


def _day(account: DayAccount | None, is_day_off: bool) -> T13Day:
    if account is None:
        return T13Day(((DAY_OFF_CODE, NOTHING),) if is_day_off else ())
    if account.works_on_day_off:
        return T13Day((("РВ", account.overtime),))
    if not account.is_attended and account.absence is not None:
        if account.is_holiday and account.absence is AbsenceKind.VACATION:
            return T13Day(((DAY_OFF_CODE, NOTHING),))  # a leave is longer by the holidays in it
        return T13Day(((account.absence_code or ABSENCE_CODES[account.absence], NOTHING),))
    if account.is_absent:
        return T13Day(((MISSING_CODE, account.planned),))
    night = account.night - account.overtime_night
    parts = (("Я", account.worked - night), ("Н", night), ("С", account.overtime))
    # Who came, and of whom nothing counts yet, was there all the same.
    return T13Day(tuple((code, hours) for code, hours in parts if hours > NOTHING) or (("Я", NOTHING),))


def _total(days: Sequence[T13Day | None]) -> T13Total:
    known = [day for day in days if day is not None]
    return T13Total(sum(day.is_attended for day in known), sum((day.worked for day in known), NOTHING))


def _absences(days: Sequence[T13Day]) -> Iterator[tuple[str, int, timedelta]]:
    counts: Counter[str] = Counter()
    hours: dict[str, timedelta] = {}
    for day in days:
        for code, length in day.parts:
            if code not in PRESENT_CODES and code != DAY_OFF_CODE:
                counts[code] += 1
                hours[code] = hours.get(code, NOTHING) + length
    for code, count in counts.most_common(ABSENCES_SHOWN):
        yield code, count, hours[code]
