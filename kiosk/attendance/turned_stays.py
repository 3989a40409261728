"""Stays of a log in which entries and exits look turned around. Pure.

Logs from before stays have an entry as the first event of each calendar day. Of somebody who works at night they hold
an entry in the evening without an exit, and then "stays" from the morning, when the person left, to the evening, when
they came again. Where a schedule is known, such stays are questions by themselves; without one they are told by their
shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.attendance.stays import Doubt, Stay

LOOK_BACK = timedelta(days=35)
"""So far before a day the rows begin from which turned stays are told: they go on until a night off."""

SAME_TIME = timedelta(hours=2)
"""People come to one shift day after day at times that differ by less."""

SHARE = 0.75
"""A turned stay is at least this share of the time away before it: nobody is away for most of each day by mistake."""

DAY = timedelta(days=1)


def with_turned(stays: Sequence[Stay], longest: timedelta, zone: ZoneInfo) -> tuple[Stay, ...]:
    """Return one person's stays, in order, with a doubt about those whose entry and exit look turned around.

    They follow an entry without an exit, which is answered on the next calendar day by another entry while the stay
    could still have lasted, and end about when that first entry was; those that follow in the same way are turned, too.

    Args:
        stays: of a person without a schedule.
        longest: how long a stay may last.
        zone: the office's.
    """
    found: list[Stay] = []
    for stay in stays:
        before = found[-1] if found else None
        is_turned = before is not None and _follows_turned(before, stay, longest, zone)
        found.append(replace(stay, doubt=Doubt.TYPES_TURNED) if is_turned else stay)
    return tuple(found)


def _follows_turned(before: Stay, stay: Stay, longest: timedelta, zone: ZoneInfo) -> bool:
    if stay.doubt is not None or stay.entered_at is None or stay.left_at is None:
        return False
    came_at: datetime | None = before.left_at if before.doubt is Doubt.TYPES_TURNED else None
    if before.doubt is Doubt.EXIT_MISSING:
        came_at = before.entered_at
    if came_at is None:
        return False
    shift, away = stay.entered_at - came_at, stay.left_at - stay.entered_at
    return (
        stay.entered_at.astimezone(zone).date() > came_at.astimezone(zone).date()
        and shift <= longest
        and away >= SHARE * shift
        and abs(stay.left_at - came_at - DAY) <= SAME_TIME
    )
