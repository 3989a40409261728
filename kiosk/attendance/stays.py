"""Stays: from one person's entries and exits to intervals of presence, with what is doubtful about each.

Everything that asks who is in, what the next event is or how long somebody was there asks this module. It is pure:
rows, rules and the present moment are passed in.

A stay begins with an entry and ends with the exit that follows while it may still last: as the person's plan says, or
for the longest stay of the office's setting. Midnight plays no part. It belongs to the office day of the shift during
which, or soon before which, it began, and without a shift to the office day on which it began. An
entry whose exit is missing, or an exit whose entry is missing, counts no time: it is a question for whoever keeps the
time. An exit that the kiosk set to the end of the shift counts, and stays a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from kiosk.attendance.intervals import Intervals
from kiosk.attendance.stay_limits import LONGEST_PLANNED, latest_end, shift_day
from kiosk.domain.types import EventType

CLOCK_TOLERANCE = timedelta(minutes=2)
"""Rows farther in the future than this were written while a clock was wrong, and are nobody's last event."""

SAME_PASSAGE = timedelta(minutes=2)
"""Two rows of one type nearer than this are one passage, seen by two doors or twice by one."""


class Doubt(StrEnum):
    """What is not known about a stay."""

    EXIT_MISSING = "exit_missing"
    ENTRY_MISSING = "entry_missing"
    EXIT_AUTOMATIC = "exit_automatic"
    """Nobody registered the exit, and the kiosk set it to the end of the shift."""
    DOORS_OVERLAP = "doors_overlap"
    TYPES_TURNED = "types_turned"
    """Entry and exit look turned around, as in logs from before stays."""
    BREAK_MISSING = "break_missing"
    """The person was there all through a break that is to be punched."""

    @property
    def is_question(self) -> bool:
        """Whether somebody has to say which entry or exit is missing; two doors that saw one stay tell that."""
        return self is not Doubt.DOORS_OVERLAP

    @property
    def counts_time(self) -> bool:
        """Whether a stay counts in spite of it."""
        return self in (Doubt.DOORS_OVERLAP, Doubt.EXIT_AUTOMATIC, Doubt.BREAK_MISSING)


class Passage(Protocol):
    """One row that counts: an entry or an exit of one person. Times are aware."""

    @property
    def event_type(self) -> EventType: ...

    @property
    def timestamp(self) -> datetime: ...

    @property
    def kiosk_id(self) -> str: ...

    @property
    def reason(self) -> str | None: ...

    @property
    def is_automatic(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Stay:
    """One interval of presence.

    Attributes:
        entered_at: aware UTC; None when the entry is missing.
        left_at: aware UTC; None while the person is in, and when the exit is missing.
        doubt: what is not known; None for a stay that is complete or still goes on.
        door: the kiosk that wrote the stay's latest row.
        reason: why the person left, as its code; None for none.
    """

    entered_at: datetime | None
    left_at: datetime | None
    doubt: Doubt | None = None
    door: str = ""
    reason: str | None = None

    @property
    def began_at(self) -> datetime:
        """When the stay began, as far as is known."""
        began_at = self.entered_at or self.left_at
        assert began_at is not None  # noqa: S101  a stay has one of them
        return began_at

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """When it began and ended."""
        return self.entered_at, self.left_at

    @property
    def is_open(self) -> bool:
        """Whether the person is still in."""
        return self.left_at is None and not self.is_question

    @property
    def is_question(self) -> bool:
        """Whether somebody has to say which entry or exit is missing."""
        return self.doubt is not None and self.doubt.is_question

    @property
    def duration(self) -> timedelta:
        """Real time between entry and exit, whatever the clocks did in between; nothing for an open or doubtful one."""
        if self.entered_at is None or self.left_at is None:
            return timedelta()
        return self.left_at - self.entered_at


class PlannedSpans(Protocol):
    """What people are planned to work."""

    def planned(self, employee_id: int, day: date) -> Intervals | None:
        """Return when a person is planned to be there on an office day; None without a schedule."""


@dataclass(frozen=True, slots=True)
class StayRules:
    """The office's rules, or one person's.

    Attributes:
        longest: how long a stay may last outside of any plan; an entry older than this has lost its exit.
        day_begins: local time of day at which an office day begins.
        zone: the office's time zone.
        plans: what people are planned to work; None where nobody has a schedule.
        employee_id: whose rules they are; None for the office's, which know no plan.
    """

    longest: timedelta
    day_begins: time
    zone: ZoneInfo
    plans: PlannedSpans | None = None
    employee_id: int | None = None

    def of(self, employee_id: int | None) -> StayRules:
        """Return the rules for one person."""
        return self if self.plans is None else replace(self, employee_id=employee_id)

    @property
    def reach(self) -> timedelta:
        """How far before a moment the rows begin that say who was in then."""
        return self.longest if self.plans is None else max(self.longest, LONGEST_PLANNED)

    def latest_end(self, entered_at: datetime) -> datetime:
        """Return until when somebody who came then may be in."""
        if self.plans is None or self.employee_id is None:
            return entered_at + self.longest
        return latest_end(entered_at, self.longest, self._planned, self.zone)

    def may_still_last(self, entered_at: datetime, now: datetime) -> bool:
        """Tell whether somebody who came then may still be in."""
        return now <= self.latest_end(entered_at)

    def next_type(self, last_type: EventType | None, last_at: datetime | None, now: datetime) -> EventType:
        """Return the type of a person's next event: an exit while their open stay may still last, else an entry."""
        if last_type is None or last_at is None or (last_type.means_present and not self.may_still_last(last_at, now)):
            return EventType.ENTRY
        return last_type.opposite

    def day_of(self, at: datetime) -> date:
        """Return the office day of a moment."""
        local = at.astimezone(self.zone)
        return local.date() if local.time() >= self.day_begins else local.date() - timedelta(days=1)

    def stay_day(self, began_at: datetime) -> date:
        """Return the office day that a stay belongs to: its shift's, or else that on which it began."""
        if self.plans is None or self.employee_id is None:
            return self.day_of(began_at)
        return shift_day(began_at, self.day_of(began_at), self._planned)

    def _planned(self, day: date) -> Intervals | None:
        return None if self.plans is None or self.employee_id is None else self.plans.planned(self.employee_id, day)

    def day_start_at(self, day: date) -> datetime:
        """Return when an office day begins, aware."""
        return datetime.combine(day, self.day_begins, self.zone)


def is_plausible(at: datetime, now: datetime) -> bool:
    """Tell whether a row may be somebody's last event: it is not later than now, a small tolerance aside."""
    return at <= now + CLOCK_TOLERANCE


def stays_of(passages: Iterable[Passage], rules: StayRules, now: datetime) -> tuple[Stay, ...]:
    """Return one person's stays, the earliest first.

    Args:
        passages: the person's rows that count, in any order; those in the future are left out.
        rules: the office's rules.
        now: aware; until when an open stay is known to go on.
    """
    ordered = sorted((p for p in passages if is_plausible(p.timestamp, now)), key=lambda passage: passage.timestamp)
    stays: list[Stay] = []
    for passage in ordered:
        if passage.event_type.means_present:
            _enter(stays, passage, rules)
        else:
            _leave(stays, passage, rules)
    return tuple(_settled(stay, rules, now) for stay in stays)


def present_stay(stays: Sequence[Stay]) -> Stay | None:
    """Return the stay that goes on now, None for somebody who is not in."""
    return stays[-1] if stays and stays[-1].is_open else None


def _enter(stays: list[Stay], passage: Passage, rules: StayRules) -> None:
    at, last = passage.timestamp, stays[-1] if stays else None
    if last is not None and last.is_open:
        if at - last.began_at <= SAME_PASSAGE:
            return
        if passage.kiosk_id != last.door and rules.may_still_last(last.began_at, at):
            stays[-1] = replace(last, doubt=Doubt.DOORS_OVERLAP, door=passage.kiosk_id)
            return
        stays[-1] = replace(last, doubt=Doubt.EXIT_MISSING)
    stays.append(Stay(at, None, door=passage.kiosk_id))


def _leave(stays: list[Stay], passage: Passage, rules: StayRules) -> None:
    at, last = passage.timestamp, stays[-1] if stays else None
    if passage.is_automatic:
        # It stands in for a forgotten exit alone: one that was registered wins, also when it came later.
        if last is not None and last.is_open and rules.may_still_last(last.began_at, at):
            stays[-1] = replace(last, left_at=at, doubt=Doubt.EXIT_AUTOMATIC, door=passage.kiosk_id)
    elif last is not None and last.doubt is Doubt.EXIT_AUTOMATIC and rules.may_still_last(last.began_at, at):
        stays[-1] = replace(last, left_at=at, doubt=None, door=passage.kiosk_id, reason=passage.reason)
    else:
        _leave_registered(stays, passage, rules)


def _leave_registered(stays: list[Stay], passage: Passage, rules: StayRules) -> None:
    at, last = passage.timestamp, stays[-1] if stays else None
    if last is not None and last.left_at is not None and last.entered_at is not None:
        is_same_passage = at - last.left_at <= SAME_PASSAGE
        if is_same_passage or (passage.kiosk_id != last.door and rules.may_still_last(last.entered_at, at)):
            doubt = last.doubt if is_same_passage else Doubt.DOORS_OVERLAP
            reason = passage.reason or (last.reason if is_same_passage else None)
            stays[-1] = replace(last, left_at=at, doubt=doubt, door=passage.kiosk_id, reason=reason)
            return
    elif last is not None and last.is_open:
        if rules.may_still_last(last.began_at, at):
            stays[-1] = replace(last, left_at=at, door=passage.kiosk_id, reason=passage.reason)
            return
        stays[-1] = replace(last, doubt=Doubt.EXIT_MISSING)
    stays.append(Stay(None, at, Doubt.ENTRY_MISSING, passage.kiosk_id))


def _settled(stay: Stay, rules: StayRules, now: datetime) -> Stay:
    if stay.is_open and not rules.may_still_last(stay.began_at, now):
        return replace(stay, doubt=Doubt.EXIT_MISSING)
    return stay
