"""Made-up people who work by rotas, and what is right about their days: an oracle that shares no code with the product.

Times are whole minutes since 1970, UTC; sets of minutes are added and taken away, and zoneinfo alone knows the clocks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = tuple[int, int]
"""Local minutes of a day: from, to; more than 1440 is on the next day."""
DAY = 1440


@dataclass(frozen=True)
class Plan:
    """A day's plan: parts that are worked, breaks by the clock, a lunch that people go out for, or a flexible day."""

    parts: tuple[Clock, ...] = ()
    breaks: tuple[Clock, ...] = ()
    lunch: Clock | None = None
    is_flexible: bool = False


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


OFF = Plan()
OFFICE = Plan(((at(8), at(17)),), ((at(12), at(13)),))
DUTY = Plan(((at(8), at(32)),), ((at(13), at(14)), (at(20), at(21))))
DAYS, NIGHTS = Plan(((at(8), at(20)),)), Plan(((at(20), at(32)),))
EARLY, LATE, NIGHT = Plan(((at(6), at(14)),)), Plan(((at(14), at(22)),)), Plan(((at(22), at(30)),))
NIGHT_BREAK = Plan(((at(22), at(30)),), ((at(26), at(26, 30)),))
SPLIT = Plan(((at(8), at(12)), (at(16), at(20))))
HALF = Plan(((at(9), at(13)),))
LUNCH = Plan(((at(9), at(18)),), lunch=(at(12, 30), at(13, 15)))
FLEXIBLE = Plan(((at(6), at(22)),), is_flexible=True)


def week(plan: Plan, *weekdays: int) -> tuple[Plan, ...]:
    return tuple(plan if weekday in weekdays else OFF for weekday in range(7))


ROTAS: dict[str, tuple[str, tuple[Plan, ...]]] = {
    "office": ("Mon-Fri 08:00-17:00 break 12:00-13:00", week(OFFICE, 0, 1, 2, 3, 4)),
    "nights": ("Mon-Fri 22:00-06:00 break 02:00-02:30", week(NIGHT_BREAK, 0, 1, 2, 3, 4)),
    "every night": ("22:00-06:00", (NIGHT,)),
    "24/72": ("08:00-08:00 break 13:00-14:00 break 20:00-21:00, off, off, off", (DUTY, OFF, OFF, OFF)),
    "24/48": ("08:00-08:00 break 13:00-14:00 break 20:00-21:00, off, off", (DUTY, OFF, OFF)),
    "2/2 day and night": ("08:00-20:00, 20:00-08:00, off, off", (DAYS, NIGHTS, OFF, OFF)),
    "2/2 days": ("08:00-20:00, 08:00-20:00, off, off", (DAYS, DAYS, OFF, OFF)),
    "four crews": (
        "06:00-14:00, 06:00-14:00, 14:00-22:00, 14:00-22:00, 22:00-06:00, 22:00-06:00, off, off",
        (EARLY, EARLY, LATE, LATE, NIGHT, NIGHT, OFF, OFF),
    ),
    "split": ("Mon-Sat 08:00-12:00+16:00-20:00", week(SPLIT, 0, 1, 2, 3, 4, 5)),
    "flexible": ("Mon-Fri flexible 8:00 06:00-22:00 core 11:00-15:00 unpaid 0:30", week(FLEXIBLE, 0, 1, 2, 3, 4)),
    "half days": ("Mon-Fri 09:00-13:00", week(HALF, 0, 1, 2, 3, 4)),
    "lunch out": ("Mon-Fri 09:00-18:00 break 12:30-13:15 punched", week(LUNCH, 0, 1, 2, 3, 4)),
}
"""The plan as it is given to the product, and as the oracle knows it, by name; cycles begin on the first day."""

GRACE = 15


@dataclass(frozen=True)
class Look:
    """Somebody before a door. minute: UTC. is_entry: what they are doing; None for one who only stands there again."""

    minute: int
    second: int
    door: int
    is_entry: bool | None
    lingers_s: int = 0


@dataclass
class Shift:
    """One planned day.

    Attributes:
        looks: those before a door, in order.
        forgotten: how many passages nobody saw.
        is_lunch_unseen: nobody saw the person go out for lunch and come in again, and both other passages were seen.
        figures: what is right, in minutes, where nothing was forgotten.
    """

    day: date
    plan: Plan
    looks: list[Look] = field(default_factory=list)
    forgotten: int = 0
    is_lunch_unseen: bool = False
    figures: dict[str, int] = field(default_factory=dict)


class Person:
    """Somebody's shifts of some weeks, the same for the same seed."""

    def __init__(self, rota: str, first: date, days: int, zone: ZoneInfo, *, seed: int, forgetful: float) -> None:
        self._random, self._zone, self._forgetful = random.Random(f"{rota} {seed}"), zone, forgetful  # noqa: S311
        cycle = ROTAS[rota][1]
        offset = first.weekday() if ROTAS[rota][0].startswith("Mon") else 0
        self.shifts = [
            self._shift(first + timedelta(days=number), cycle[(offset + number) % len(cycle)])
            for number in range(days)
            if cycle[(offset + number) % len(cycle)] is not OFF
        ]

    def _minute(self, day: date, clock: int) -> int:
        """The minute at which the wall's clock shows this; the first, where it comes twice."""
        on = day + timedelta(days=clock // DAY)
        local = datetime(on.year, on.month, on.day, clock % DAY // 60, clock % 60, tzinfo=self._zone)
        return int(local.astimezone(UTC).timestamp()) // 60

    def _shift(self, day: date, plan: Plan) -> Shift:
        shift, stays = Shift(day, plan), list(self._stays(day, plan))
        for start, end in stays:
            for minute, is_entry in ((start, True), (end, False)):
                if self._random.random() < self._forgetful:
                    shift.forgotten += 1
                else:
                    shift.looks += self._looks(minute, is_entry)
        seen = [look for look in shift.looks if look.is_entry is not None]
        if plan.lunch is not None and shift.forgotten == 2 and [look.is_entry for look in seen] == [True, False]:
            came, left = seen[0].minute, seen[1].minute
            shift.is_lunch_unseen = came == stays[0][0] and left == stays[1][1]
            if not shift.is_lunch_unseen:
                shift.forgotten = 0  # one part of the day, seen whole: nobody can know of the other
                stays = [(came, left)]
        shift.figures = self._figures(shift, stays)
        return shift

    def _stays(self, day: date, plan: Plan) -> Iterator[tuple[int, int]]:
        if plan.is_flexible:
            came = self._minute(day, at(6, 30)) + self._random.randrange(0, 300)
            yield came, came + self._random.randrange(5 * 60, 10 * 60)
            return
        for start, end in plan.parts:
            came = self._minute(day, start) + self._random.choice([*range(-12, 13), *range(16, 20)])
            usual, early, overtime = range(-12, 15), range(-40, -16, 6), range(20, 110, 20)
            left = self._minute(day, end) + self._random.choice([*usual, *early, *overtime])
            if plan.lunch is None:
                yield came, left
            else:
                out, back = (self._minute(day, clock) + self._random.randrange(-5, 6) for clock in plan.lunch)
                yield came, out
                yield back, left

    def _looks(self, minute: int, is_entry: bool) -> Iterator[Look]:
        door, second = self._random.randrange(2), self._random.randrange(60)
        lingers_s = self._random.randrange(360, 900) if self._random.random() < 0.05 else 0
        yield Look(minute, second, door, is_entry, lingers_s)
        if self._random.random() < 0.15:
            after_s = lingers_s + self._random.randrange(5, 120)
            moment = minute * 60 + second + after_s
            yield Look(moment // 60, moment % 60, self._random.randrange(2) if not lingers_s else door, None)

    def _figures(self, shift: Shift, stays: list[tuple[int, int]]) -> dict[str, int]:
        """Return what is right, in minutes, of a shift of which nothing was forgotten."""
        day, plan = shift.day, shift.plan
        there = {minute for start, end in stays for minute in range(start, end)}
        parts = [(self._minute(day, start), self._minute(day, end)) for start, end in plan.parts]
        planned = {minute for start, end in parts for minute in range(start, end)}
        worked, late, left_early, overtime = there & planned, 0, 0, set[int]()
        for clock_start, clock_end in plan.breaks:
            pause = self._minute(day, clock_start)
            worked -= set(range(pause, pause + clock_end - clock_start))
        nights = set[int]()
        for count in range(-1, 3):
            night = day + timedelta(days=count)
            nights |= set(range(self._minute(night, at(22)), self._minute(night, at(30))))
        if plan.is_flexible:
            unpaid = 30 if len(worked) > 6 * 60 else 0
            return {"worked": len(worked) - unpaid, "night": len(worked & nights)}
        for number, (start, end) in enumerate(parts):
            inside = there & set(range(start, end))
            late += _beyond(min(inside) - start)
            left_early += _beyond(end - 1 - max(inside))
            after = {minute for came, left in stays if came < end for minute in range(end, left)}
            if number + 1 < len(parts):
                after -= set(range(parts[number + 1][0], parts[number + 1][0] + DAY))
            overtime |= after if _beyond(len(after)) else set()
        return {
            "worked": len(worked),
            "night": len((worked | overtime) & nights),
            "late": late,
            "left_early": left_early,
            "overtime": len(overtime),
        }


def _beyond(minutes: int) -> int:
    return minutes if minutes > GRACE else 0
