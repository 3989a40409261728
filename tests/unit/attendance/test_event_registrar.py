"""From decisions to events in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from kiosk.app.attendance_config import build_attendance_config
from kiosk.app.mode import Mode
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered, RegistrationOutcome
from kiosk.domain.types import AttendanceEvent, Decision, DecisionStatus, EventType, Image
from support.builders import ANNA, BORIS, STRANGER, event, make_settings, match
from support.fakes import MORNING, FakeClock
from support.file_size_limit import files_no_larger_than

PICTURE = np.zeros((4, 4, 3), np.uint8)
Serve = Callable[..., EventRegistrar]


class Album:
    """Snapshots in memory; broken raises, full answers None."""

    def __init__(self) -> None:
        self.kept: list[UUID] = []
        self.broken = False
        self.full = False

    def save(self, image_bgr: Image, taken_at: datetime, trace_id: UUID) -> str | None:  # noqa: ARG002
        if self.broken:
            raise ZeroDivisionError
        if self.full:
            return None
        self.kept.append(trace_id)
        return f"static/{trace_id}.jpg"


@pytest.fixture
def album() -> Album:
    return Album()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "events.journal")
    yield opened
    opened.close()


@pytest.fixture
def serve(journal: Journal, album: Album, tmp_path: Path) -> Serve:
    """Make a service over the journal, as a process does that starts; its settings are the keyword arguments."""

    def make(**overrides: object) -> EventRegistrar:
        config = build_attendance_config(make_settings(tmp_path, **overrides), Mode.DOOR)
        return EventRegistrar(config, journal, album)

    return make


def see(
    service: EventRegistrar, clock: FakeClock, decision: Decision, picture: Image | None = PICTURE
) -> RegistrationOutcome:
    return service.register(decision, clock.now(), clock.monotonic_s(), picture)


def registered(outcome: RegistrationOutcome) -> AttendanceEvent:
    assert isinstance(outcome, Registered)
    return outcome.event


def test_an_event_is_in_the_journal_before_anybody_is_greeted(
    serve: Serve, journal: Journal, album: Album, clock: FakeClock
) -> None:
    written = registered(see(serve(), clock, match(ANNA)))
    assert journal.pending(10) == (written,)
    assert (written.employee_id, written.event_type, written.occurred_at) == (ANNA, EventType.ENTRY, MORNING)
    assert (written.confidence, written.kiosk_id) == (0.75, "door")
    assert album.kept == [written.trace_id]
    assert written.photo_path == f"static/{written.trace_id}.jpg"


def test_a_day_at_the_door(serve: Serve, clock: FakeClock) -> None:
    service = serve()
    entry = registered(see(service, clock, match(ANNA)))
    clock.advance(100)
    assert see(service, clock, match(ANNA)) == AlreadyRegistered(entry)
    assert registered(see(service, clock, match(BORIS))).event_type is EventType.ENTRY
    clock.advance(200)
    assert registered(see(service, clock, match(ANNA))).event_type is EventType.EXIT
    clock.advance(24 * 3600)
    assert registered(see(service, clock, match(ANNA))).event_type is EventType.ENTRY


def test_a_restart_changes_nothing(serve: Serve, clock: FakeClock) -> None:
    entry = registered(see(serve(), clock, match(ANNA)))
    clock.advance(10)
    service = serve()
    assert see(service, clock, match(ANNA)) == AlreadyRegistered(entry)
    clock.advance(300)
    assert registered(see(service, clock, match(ANNA))).event_type is EventType.EXIT


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(seconds=-200), timedelta(hours=2)])
def test_wall_clock_jumps_neither_lose_nor_double_events(
    serve: Serve, journal: Journal, clock: FakeClock, jump: timedelta
) -> None:
    service = serve()
    entry = registered(see(service, clock, match(ANNA)))
    journal.mark_recorded([entry.trace_id])
    clock.set(clock.now() + jump)
    clock.advance(290)
    assert see(service, clock, match(ANNA)) == AlreadyRegistered(entry)
    clock.advance(20)
    leave = registered(see(service, clock, match(ANNA)))
    assert leave.event_type is EventType.EXIT
    journal.mark_recorded([leave.trace_id])
    service.update_from_database([max(entry, leave, key=lambda one: one.occurred_at)])  # all the database can tell
    clock.advance(10)
    assert see(service, clock, match(ANNA)) == AlreadyRegistered(leave)
    clock.advance(300)
    assert registered(see(service, clock, match(ANNA))).event_type is EventType.ENTRY


def test_unknown_visitors_have_a_cooldown_of_their_own_and_do_not_alternate(
    serve: Serve, album: Album, clock: FakeClock
) -> None:
    service = serve(unknown_cooldown_s=30)
    first = registered(see(service, clock, STRANGER))
    assert (first.employee_id, first.event_type, first.photo_path) == (None, EventType.ENTRY, None)
    assert album.kept == []
    clock.advance(29)
    assert see(service, clock, STRANGER) == AlreadyRegistered(first)
    clock.advance(1)
    assert registered(see(service, clock, STRANGER)).event_type is EventType.ENTRY


@pytest.mark.parametrize(
    ("mode", "known", "unknown"), [("entry_only", "entry", "entry"), ("exit_only", "exit", "exit")]
)
def test_doors_of_one_direction(serve: Serve, clock: FakeClock, mode: str, known: str, unknown: str) -> None:
    service = serve(event_mode=mode)
    for _ in range(2):
        clock.advance(600)
        assert registered(see(service, clock, match(ANNA))).event_type == known
        assert registered(see(service, clock, STRANGER)).event_type == unknown


def test_the_office_chooses_whether_snapshots_are_kept(serve: Serve, album: Album, clock: FakeClock) -> None:
    service = serve(snapshots=False, unknown_snapshots=True)
    assert registered(see(service, clock, match(ANNA))).photo_path is None
    stranger = registered(see(service, clock, STRANGER))
    assert album.kept == [stranger.trace_id]
    assert registered(see(service, clock, match(BORIS), picture=None)).photo_path is None


def test_a_snapshot_that_the_disk_refuses_stops_no_event(serve: Serve, album: Album, clock: FakeClock) -> None:
    album.full = True
    assert registered(see(serve(), clock, match(ANNA))).photo_path is None


@pytest.mark.expects_errors
def test_a_bug_in_snapshots_stops_no_event(
    serve: Serve, album: Album, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    album.broken = True
    assert registered(see(serve(), clock, match(ANNA))).photo_path is None
    assert "ZeroDivisionError" in caplog.text


def test_what_the_disk_refuses_is_not_registered_and_not_on_cooldown(
    serve: Serve, journal: Journal, clock: FakeClock
) -> None:
    service = serve()
    with files_no_larger_than(64):
        outcome = see(service, clock, match(ANNA))
    assert isinstance(outcome, NotRegistered)
    assert "File too large" in outcome.reason
    assert journal.pending_count == 0
    clock.advance(1)
    assert registered(see(service, clock, match(ANNA))).event_type is EventType.ENTRY


@pytest.mark.parametrize("status", [DecisionStatus.LOW_CONFIDENCE, DecisionStatus.NO_FACE])
def test_doubt_is_no_event(serve: Serve, clock: FakeClock, status: DecisionStatus) -> None:
    with pytest.raises(ValueError, match=status):
        see(serve(), clock, Decision(status))


def test_other_devices_events_are_taken_up(serve: Serve, clock: FakeClock) -> None:
    service = serve()
    other = event(ANNA, EventType.ENTRY, at=MORNING - timedelta(hours=1), kiosk_id="gate")
    service.update_from_database([other])
    assert registered(see(service, clock, match(ANNA))).event_type is EventType.EXIT
