"""One person's stays by office day, with everything that is doubtful about them: from rows and schedule to questions.

Timesheets, hours, the list of open questions and the nightly count ask it, so that each asks the same. It is pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from kiosk.attendance.day_account import Accountant
from kiosk.attendance.planned_days import PlannedDays
from kiosk.attendance.punched_breaks import with_missed_breaks
from kiosk.attendance.stays import Passage, Stay, StayRules, stays_of
from kiosk.attendance.turned_stays import LOOK_BACK, with_turned


def stays_by_day(
    passages: Iterable[Passage], employee_id: int, rules: StayRules, asked: PlannedDays, now: datetime
) -> Mapping[date, Sequence[Stay]]:
    """Return one person's stays by office day, in order.

    Args:
        passages: the person's rows that count, in any order, since rows_since.
        employee_id: the person.
        rules: the office's.
        asked: what the days ask for; without a schedule, stays may look turned around, and no break is missing.
        now: aware; until when an open stay is known to go on.
    """
    own_rules = replace(rules, plans=asked.plans).of(employee_id)
    found: dict[date, list[Stay]] = defaultdict(list)
    stays = stays_of(passages, own_rules, now)
    for stay, judged in zip(stays, with_turned(stays, rules.longest, rules.zone), strict=True):
        day = own_rules.stay_day(stay.began_at)
        found[day].append(judged if asked.plans.assignment_of(employee_id, day) is None else stay)
    for day, of_day in found.items():
        schedule = asked.schedule_of(employee_id, day)
        if schedule is not None:
            missed = Accountant(schedule.rules, rules.zone).missed_breaks(day, of_day, schedule.plan_of(day))
            found[day] = list(with_missed_breaks(of_day, missed))
    return found


def rows_since(rules: StayRules, asked: PlannedDays, first: date, people: Collection[int]) -> datetime:
    """Return from when on the rows tell of the stays of an office day and of those after it; people: whose."""
    reach = replace(rules, plans=asked.plans).reach
    if any(asked.plans.assignment_of(person, first) is None for person in people):
        reach = max(reach, LOOK_BACK)
    return rules.day_start_at(first) - reach
