"""The journal as its users see it; what happens to it on failing disks is in tests/faults."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.attendance import journal as journal_module
from kiosk.attendance.journal import Journal, JournalCounts, read_counts
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import ConfigurationError
from support.builders import ANNA, BORIS, event
from support.fakes import MORNING


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.journal"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal(path)
    yield opened
    opened.close()


def reopened(journal: Journal, path: Path) -> Journal:
    journal.close()
    return Journal(path)


def series(count: int) -> list[AttendanceEvent]:
    return [event(employee_id=1 + i % 7, at=MORNING + timedelta(minutes=i)) for i in range(count)]


def test_events_wait_in_order_across_a_restart(journal: Journal, path: Path) -> None:
    events = series(20)
    for one in events:
        journal.append(one)
    assert list(journal.pending(5)) == events[:5]
    again = reopened(journal, path)
    assert list(again.pending(100)) == events
    assert again.counts == JournalCounts(waiting=20, refused=0)
    again.close()


def test_recorded_events_do_not_wait_but_still_tell_who_stands_where(journal: Journal, path: Path) -> None:
    first, second, stranger = event(ANNA), event(BORIS), event(None)
    for one in (first, second, stranger):
        journal.append(one)
    journal.mark_recorded([first.trace_id, stranger.trace_id])
    again = reopened(journal, path)
    assert again.pending(10) == (second,)
    assert again.is_pending(second.trace_id) and not again.is_pending(first.trace_id)
    assert again.latest_by_employee() == {ANNA: first, BORIS: second, None: stranger}
    again.close()


def test_latest_is_what_was_registered_last_whatever_the_wall_clock_said(journal: Journal) -> None:
    before, after = event(at=MORNING), event(at=MORNING - timedelta(hours=1))
    journal.append(before)
    journal.append(after)
    assert journal.latest_by_employee() == {ANNA: after}


def test_refused_events_block_nothing_are_kept_and_offered_again_after_a_restart(journal: Journal, path: Path) -> None:
    bad, good = event(ANNA), event(BORIS)
    journal.append(bad)
    journal.append(good)
    journal.mark_refused([bad.trace_id])
    assert journal.pending(10) == (good,)
    assert journal.counts == JournalCounts(waiting=1, refused=1)
    assert journal.latest_by_employee() == {BORIS: good}
    assert read_counts(path) == JournalCounts(waiting=1, refused=1)
    again = reopened(journal, path)
    assert again.pending(10) == (bad, good)
    again.mark_recorded([bad.trace_id])
    assert read_counts(path) == JournalCounts(waiting=1, refused=0)
    again.close()


def test_only_the_kiosk_can_read_the_file_and_it_stays_small(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "MAX_SETTLED_EVENTS", 50)
    events = series(200)
    for one in events:
        journal.append(one)
        journal.mark_recorded([one.trace_id])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) < 60 * 400
    last_of_each = {one.employee_id: one for one in events}
    assert journal.latest_by_employee() == last_of_each
    again = reopened(journal, path)
    assert again.latest_by_employee() == last_of_each
    assert again.pending_count == 0
    assert [p.name for p in path.parent.iterdir() if p.name.endswith(".new")] == []
    again.close()


def test_making_the_file_smaller_keeps_what_waits_in_order_and_what_is_later_by_a_wrong_clock(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "MAX_SETTLED_EVENTS", 3)
    clock_ahead, clock_right = event(ANNA, at=MORNING + timedelta(hours=2)), event(ANNA, at=MORNING)
    old, refused, waiting = event(BORIS), event(3), event(BORIS, at=MORNING + timedelta(hours=1))
    for one in (old, clock_ahead, waiting, refused, clock_right):
        journal.append(one)
    journal.mark_refused([refused.trace_id])
    journal.mark_recorded([old.trace_id, clock_ahead.trace_id, clock_right.trace_id])
    assert journal.events() == (clock_ahead, waiting, clock_right)
    again = reopened(journal, path)
    assert again.events() == (clock_ahead, waiting, refused, clock_right)
    assert again.pending(10) == (waiting, refused)
    again.close()


def test_two_kiosks_cannot_share_a_journal(journal: Journal, path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Another kiosk is running"):
        Journal(path)
    assert read_counts(path) == JournalCounts(0, 0)


def test_closing_twice_is_harmless_and_leaks_nothing(path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for _ in range(5):
        opened = Journal(path)
        opened.append(event())
        opened.close()
        opened.close()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_wait_ends_with_an_event(journal: Journal) -> None:
    assert not journal.wait(0)
    writer = threading.Thread(target=journal.append, args=(event(),))
    writer.start()
    assert journal.wait(30)
    writer.join()
    assert not journal.wait(0)


def test_threads_that_append_and_mark_at_once_lose_nothing(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "MAX_SETTLED_EVENTS", 20)
    writers = [threading.Thread(target=lambda: [journal.append(one) for one in series(60)]) for _ in range(3)]
    for writer in writers:
        writer.start()
    seen: list[AttendanceEvent] = []
    while any(writer.is_alive() for writer in writers) or journal.pending_count:
        batch = journal.pending(7)
        journal.mark_recorded([one.trace_id for one in batch])
        seen += batch
    assert len(seen) == len({one.trace_id for one in seen}) == 180
    again = reopened(journal, path)
    assert again.pending_count == 0
    again.close()


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: os.truncate(path, 10)], ids=["deletes", "empties"])
def test_a_journal_that_somebody_harms_is_written_again(
    journal: Journal, path: Path, caplog: pytest.LogCaptureFixture, harm: Callable[[Path], None]
) -> None:
    first, second = event(ANNA), event(BORIS)
    journal.append(first)
    harm(path)
    journal.append(second)
    assert [record.message for record in caplog.records] == ["journal.vanished"]
    again = reopened(journal, path)
    assert again.pending(10) == (first, second)
    again.close()


def test_counts_of_a_journal_that_is_not_there(path: Path) -> None:
    assert read_counts(path) == JournalCounts(0, 0)
