"""Each person's last event, with others writing to the database and clocks that are wrong."""

from __future__ import annotations

from datetime import timedelta

from kiosk.attendance.last_events import LastEvents
from kiosk.attendance.rules import LastEvent
from kiosk.domain.types import AttendanceEvent
from support.builders import ANNA, BORIS, event
from support.fakes import MORNING

LATER, EARLIER = MORNING + timedelta(hours=1), MORNING - timedelta(hours=1)


def last(standing: LastEvents, employee_id: int | None = ANNA) -> AttendanceEvent | None:
    found = standing.last(employee_id)
    return None if found is None else found.event


def merge(standing: LastEvents, *recorded: AttendanceEvent, pending: tuple[AttendanceEvent, ...] = ()) -> None:
    waiting = {one.trace_id for one in pending}
    standing.update_from_database(recorded, waiting.__contains__)


def test_the_order_of_the_journal_counts_at_the_start() -> None:
    first, second = event(at=LATER), event(at=MORNING)
    assert last(LastEvents([first, second])) is second


def test_a_later_event_of_another_device_counts() -> None:
    mine, other = event(), event(at=LATER, kiosk_id="gate")
    standing = LastEvents([mine])
    merge(standing, other)
    assert last(standing) is other


def test_somebody_never_seen_here_is_known_from_the_database() -> None:
    other = event(BORIS, kiosk_id="gate")
    standing = LastEvents([])
    merge(standing, other)
    assert last(standing, BORIS) is other


def test_an_event_that_waits_outlives_an_older_one_of_the_database() -> None:
    mine, other = event(), event(at=EARLIER, kiosk_id="gate")
    standing = LastEvents([mine])
    merge(standing, other, pending=(mine,))
    assert last(standing) is mine
    merge(standing, pending=(mine,))
    assert last(standing) is mine


def test_a_voided_event_gives_way_to_the_one_before_it() -> None:
    first, voided = event(), event(at=LATER)
    standing = LastEvents([first, voided])
    merge(standing, first)
    assert last(standing) is first


def test_a_person_whose_only_event_is_voided_or_erased_has_none() -> None:
    standing = LastEvents([event()])
    merge(standing)
    assert last(standing) is None


def test_the_monotonic_time_of_a_cooldown_survives_the_merge_of_the_same_event() -> None:
    mine = event()
    standing = LastEvents([])
    standing.add(LastEvent(mine, 5.0))
    merge(standing, mine)
    assert standing.last(ANNA) == LastEvent(mine, 5.0)


def test_after_the_clock_was_set_back_the_overtaken_event_does_not_return() -> None:
    clock_ahead, mine = event(at=LATER), event(at=MORNING)
    standing = LastEvents([clock_ahead])
    standing.add(LastEvent(mine, 5.0))
    merge(standing, clock_ahead)
    assert standing.last(ANNA) == LastEvent(mine, 5.0)
    assert last(LastEvents([clock_ahead, mine])) is mine


def test_a_clock_of_another_device_that_is_ahead_is_overtaken_by_the_next_event_here() -> None:
    other, mine = event(at=LATER, kiosk_id="gate"), event(at=MORNING)
    standing = LastEvents([])
    merge(standing, other)
    standing.add(LastEvent(mine, 5.0))
    merge(standing, other)
    assert last(standing) is mine


def test_unknown_visitors_are_not_taken_from_the_database() -> None:
    stranger = event(None)
    standing = LastEvents([stranger])
    merge(standing, event(BORIS))
    assert last(standing, None) is stranger


def test_what_is_taken_back_gives_way_at_once_and_until_the_database_knows() -> None:
    first, mistaken = event(), event(at=LATER)
    standing = LastEvents([first, mistaken])
    standing.take_back(mistaken)
    assert last(standing) is first
    merge(standing, mistaken, pending=(mistaken,))
    assert last(standing) is first
    merge(standing, first)
    assert last(standing) is first
    merge(standing, mistaken)
    assert last(standing) is mistaken, "an administrator has undone the void"


def test_the_first_event_of_somebody_is_taken_back() -> None:
    mistaken = event()
    standing = LastEvents([mistaken])
    standing.take_back(mistaken)
    assert last(standing) is None
    merge(standing, mistaken, pending=(mistaken,))
    assert last(standing) is None


def test_what_another_door_wrote_since_stands_when_an_older_event_is_taken_back() -> None:
    mistaken, other = event(), event(at=LATER, kiosk_id="gate")
    standing = LastEvents([mistaken])
    merge(standing, other)
    standing.take_back(mistaken)
    assert last(standing) is other
