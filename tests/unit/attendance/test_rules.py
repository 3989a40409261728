"""Entry or exit, cooldowns, days: tables, and what must hold for any series of sightings."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.rules import Allowed, LastEvent, Rules
from kiosk.attendance.stays import StayRules
from kiosk.domain.registration import AlreadyRegistered
from kiosk.domain.types import EventMode, EventType
from support.builders import event

MOSCOW, BERLIN, NEW_YORK = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ENTRY, EXIT = EventType.ENTRY, EventType.EXIT
COOLDOWN_S = 300.0
LONGEST = timedelta(hours=16)


def rules(mode: EventMode = EventMode.TOGGLE, zone: ZoneInfo = MOSCOW) -> Rules:
    return Rules(mode, COOLDOWN_S, StayRules(LONGEST, time(0), zone))


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    """An aware UTC time, written as a clock on the wall shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("mode", "last_type", "last_at", "now", "expected"),
    [
        pytest.param("toggle", None, None, "2025-03-03 09:00", ENTRY, id="first event ever"),
        pytest.param("toggle", ENTRY, "2025-03-03 09:00", "2025-03-03 13:00", EXIT, id="second of the day"),
        pytest.param("toggle", EXIT, "2025-03-03 13:00", "2025-03-03 14:00", ENTRY, id="third of the day"),
        pytest.param("toggle", EXIT, "2025-03-03 18:00", "2025-03-04 09:00", ENTRY, id="next day"),
        pytest.param("toggle", ENTRY, "2025-03-03 09:00", "2025-03-04 09:00", ENTRY, id="exit forgotten"),
        pytest.param("toggle", ENTRY, "2025-03-03 23:50", "2025-03-04 00:10", EXIT, id="past midnight"),
        pytest.param("toggle", ENTRY, "2025-03-03 22:00", "2025-03-04 06:00", EXIT, id="a night"),
        pytest.param("toggle", ENTRY, "2025-03-03 02:00", "2025-03-03 18:00", EXIT, id="as long as anybody stays"),
        pytest.param("toggle", ENTRY, "2025-03-03 02:00", "2025-03-03 18:01", ENTRY, id="longer than anybody stays"),
        pytest.param("toggle", ENTRY, "2026-03-03 09:00", "2025-03-03 13:00", ENTRY, id="from a wrong clock"),
        pytest.param("entry_only", ENTRY, "2025-03-03 09:00", "2025-03-03 13:00", ENTRY, id="entry only"),
        pytest.param("entry_only", EXIT, "2025-03-03 09:00", "2025-03-03 13:00", ENTRY, id="entry only after exit"),
        pytest.param("exit_only", None, None, "2025-03-03 09:00", EXIT, id="exit only, first"),
        pytest.param("exit_only", EXIT, "2025-03-03 09:00", "2025-03-03 13:00", EXIT, id="exit only"),
    ],
)
def test_type_of_event(
    mode: str, last_type: EventType | None, last_at: str | None, now: str, expected: EventType
) -> None:
    last = None if last_type is None or last_at is None else LastEvent(event(event_type=last_type, at=at(last_at)))
    assert rules(EventMode(mode)).next_event(last, at(now), 0.0) == Allowed(expected)


@pytest.mark.parametrize(
    ("elapsed_s", "recent"),
    [
        pytest.param(0, True, id="same moment"),
        pytest.param(299.9, True, id="just within"),
        pytest.param(300, False, id="just over"),
        pytest.param(-1, True, id="another device's clock is a second ahead"),
        pytest.param(-299.9, True, id="clock set back by less than a cooldown"),
        pytest.param(-300, False, id="clock set back by a cooldown"),
        pytest.param(-3600, False, id="clock set back by an hour"),
        pytest.param(-86400 * 400, False, id="event of a clock that was a year ahead"),
    ],
)
def test_cooldown_across_a_restart_goes_by_utc(elapsed_s: float, recent: bool) -> None:
    last = event(at=at("2025-03-03 09:00"))
    outcome = rules().next_event(LastEvent(last), last.occurred_at + timedelta(seconds=elapsed_s), 5.0)
    assert (outcome == AlreadyRegistered(last)) is recent


@pytest.mark.parametrize("jump_s", [-86400, -3600, -10, 0, 10, 3600, 86400])
@pytest.mark.parametrize(("elapsed_s", "recent"), [(0, True), (299, True), (300, False), (301, False)])
def test_cooldown_within_a_process_ignores_the_wall_clock(jump_s: float, elapsed_s: float, recent: bool) -> None:
    last = event(at=at("2025-03-03 09:00"))
    now = last.occurred_at + timedelta(seconds=elapsed_s + jump_s)
    outcome = rules().next_event(LastEvent(last, monotonic_s=50.0), now, 50.0 + elapsed_s)
    assert (outcome == AlreadyRegistered(last)) is recent


@pytest.mark.parametrize(
    ("zone", "entered", "seen", "expected"),
    [
        pytest.param(BERLIN, "2025-03-29T21:00:00Z", "2025-03-30T13:00:00Z", EXIT, id="sixteen hours, a night of 23"),
        pytest.param(BERLIN, "2025-10-25T20:00:00Z", "2025-10-26T12:00:01Z", ENTRY, id="over sixteen, a night of 25"),
        pytest.param(BERLIN, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z", EXIT, id="the hour that comes twice"),
        pytest.param(NEW_YORK, "2025-03-09T04:59:00Z", "2025-03-09T05:01:00Z", EXIT, id="midnight before the change"),
    ],
)
def test_a_stay_is_measured_in_real_time(zone: ZoneInfo, entered: str, seen: str, expected: EventType) -> None:
    entry = event(event_type=ENTRY, at=datetime.fromisoformat(entered))
    toggle = Rules(EventMode.TOGGLE, 0.0, StayRules(LONGEST, time(0), zone))
    assert toggle.next_event(LastEvent(entry), datetime.fromisoformat(seen), 0.0) == Allowed(expected)


@given(
    gaps_s=st.lists(st.floats(0, 100_000), min_size=1, max_size=40),
    zone=st.sampled_from([MOSCOW, BERLIN, NEW_YORK]),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_any_series_of_sightings(gaps_s: list[float], zone: ZoneInfo, start: datetime) -> None:
    """Events are a cooldown apart and alternate but where an exit was forgotten; only recent people are refused."""
    toggle, last, written, now_s = rules(zone=zone), None, [], 0.0
    for gap_s in gaps_s:
        now_s += gap_s
        outcome = toggle.next_event(last, start + timedelta(seconds=now_s), now_s)
        if isinstance(outcome, Allowed):
            assert last is None or last.monotonic_s is None or now_s - last.monotonic_s >= COOLDOWN_S
            last = LastEvent(event(event_type=outcome.event_type, at=start + timedelta(seconds=now_s)), now_s)
            written.append(last.event)
        else:
            assert last is not None and outcome.last is last.event and now_s - (last.monotonic_s or 0) < COOLDOWN_S
    assert written
    assert written[0].event_type is ENTRY
    for before, after in pairwise(written):
        is_forgotten = before.event_type is ENTRY and after.occurred_at - before.occurred_at > LONGEST
        assert after.event_type is (ENTRY if is_forgotten else before.event_type.opposite)


@given(error_s=st.floats(-1e8, 1e8), visits=st.integers(1, 20))
def test_a_wrong_clock_blocks_nobody_for_longer_than_two_cooldowns(error_s: float, visits: int) -> None:
    """The person comes again every minute after a restart; the last event carries a time that may be far off."""
    now = at("2025-03-03 09:00")
    last = LastEvent(event(at=now + timedelta(seconds=error_s)))
    minutes = 2 * int(COOLDOWN_S // 60) + 1
    outcomes = [rules().next_event(last, now + timedelta(minutes=m), 60.0 * m) for m in range(minutes)]
    assert any(isinstance(outcome, Allowed) for outcome in outcomes)
