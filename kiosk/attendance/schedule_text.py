"""Schedules as people write them: `Mon-Fri 08:00-17:00 break 12:00-13:00`, or `08:00-20:00, 20:00-08:00, off, off`.

plan      = day-entry { "," day-entry }       a week, when the entries begin with days; else a cycle, a day an entry
day-entry = [ days ] ( "off" | ( shift { "+" shift } | flexible ) { "paid" reason [ hours ] } )
days      = "Mon" | "Mon-Fri" | ...
shift     = span { "break" span [ "punched" ] }
punched                                       people go out and come in again; else the break is deducted by itself
reason    = "break" | ...                     a code of KIOSK_EXIT_REASONS; all of the time away, or so much of a day's
flexible  = "flexible" hours span [ "core" span ] [ "unpaid" hours [ "after" hours ] ]
span      = "08:00-17:00"                     an end at or before the beginning is on the next day
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

from kiosk.attendance.schedules import DAY_OFF, DayPlan, Flexible, PaidReason, Shift, TimeSpan
from kiosk.domain.exit_reasons import CODE
from kiosk.errors import InvalidInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAX_CYCLE_DAYS = 366
SPAN = re.compile(r"(\d{1,2}:\d\d)-(\d{1,2}:\d\d)")
HOURS = re.compile(r"(\d{1,2}):([0-5]\d)")
WEEKDAYS = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")


def parse_plan(text: str) -> tuple[DayPlan, ...]:
    """Return the days that repeat: seven from Monday on for a week, else one an entry.

    Raises InvalidInput with what is wrong and how it is written.
    """
    entries = [_Words(entry) for entry in text.split(",")]
    weekdays = [entry.weekdays() for entry in entries]
    if all(days is None for days in weekdays):
        if len(entries) > MAX_CYCLE_DAYS:
            raise InvalidInput(f"a cycle has at most {MAX_CYCLE_DAYS} days")
        return tuple(entry.day() for entry in entries)
    week: dict[int, DayPlan] = {}
    for entry, days in zip(entries, weekdays, strict=True):
        if days is None:
            raise InvalidInput(f"{entry.text!r} names no day of the week, as the other entries do: Mon-Fri 08:00-17:00")
        plan = entry.day()
        for day in days:
            if day in week:
                raise InvalidInput(f"{DAYS[day].capitalize()} is given twice")
            week[day] = plan
    return tuple(week.get(day, DAY_OFF) for day in range(7))


def is_week(text: str) -> bool:
    """Tell whether a plan names days of the week, and so needs no day to begin on."""
    return _Words(text.split(",", 1)[0]).weekdays() is not None


class _Words:
    """The words of one entry, read from left to right."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self._left = self.text.lower().replace("+", " + ").split()

    def weekdays(self) -> tuple[int, ...] | None:
        """Read the days of the week at the beginning; None when there are none."""
        found = WEEKDAYS.fullmatch(self._left[0]) if self._left else None
        if found is None:
            return None
        self._left.pop(0)
        first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
        return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))

    def day(self) -> DayPlan:
        if self._left == ["off"]:
            return DAY_OFF
        if self._took("flexible"):
            plan = DayPlan(flexible=self._flexible())
        else:
            shifts = [self._shift()]
            while self._took("+"):
                shifts.append(self._shift())
            plan = DayPlan(tuple(shifts))
        paid = []
        while self._took("paid"):
            paid.append(self._paid())
        plan = replace(plan, paid=tuple(paid))
        if self._left:
            raise self._fault()
        return plan

    def _shift(self) -> Shift:
        span = self._span()
        breaks: list[TimeSpan] = []
        punched: list[TimeSpan] = []
        while self._took("break"):
            pause = self._span()
            (punched if self._took("punched") else breaks).append(pause)
        return Shift(span, tuple(breaks), tuple(punched))

    def _flexible(self) -> Flexible:
        norm, window = self._hours(), self._span()
        core = self._span() if self._took("core") else None
        if not self._took("unpaid"):
            return Flexible(norm, window, core)
        unpaid = self._hours()
        after = self._hours() if self._took("after") else timedelta(hours=6)
        return Flexible(norm, window, core, unpaid, after)

    def _paid(self) -> PaidReason:
        if not self._left or not CODE.fullmatch(self._left[0]):
            raise self._fault()
        reason = self._left.pop(0)
        return PaidReason(reason, self._hours() if self._left and HOURS.fullmatch(self._left[0]) else None)

    def _took(self, word: str) -> bool:
        if self._left and self._left[0] == word:
            self._left.pop(0)
            return True
        return False

    def _span(self) -> TimeSpan:
        found = SPAN.fullmatch(self._left[0]) if self._left else None
        if found is None:
            raise self._fault()
        self._left.pop(0)
        return TimeSpan(self._time(found[1]), self._time(found[2]))

    def _hours(self) -> timedelta:
        found = HOURS.fullmatch(self._left[0]) if self._left else None
        if found is None:
            raise self._fault()
        self._left.pop(0)
        return timedelta(hours=int(found[1]), minutes=int(found[2]))

    def _time(self, text: str) -> time:
        try:
            return time.fromisoformat(text.zfill(5))
        except ValueError as error:
            raise InvalidInput(f"{text} is no time of day; write it like 08:00") from error

    def _fault(self) -> InvalidInput:
        where = f"at {self._left[0]!r}" if self._left else "at its end"
        return InvalidInput(
            f"{self.text!r} is not understood {where}; write it like Mon-Fri 08:00-17:00 break 12:00-13:00, "
            "08:00-17:00 break 12:00-13:00 punched, 08:00-12:00+16:00-20:00, off, "
            "or flexible 8:00 06:00-22:00 core 11:00-15:00 unpaid 0:30"
        )
