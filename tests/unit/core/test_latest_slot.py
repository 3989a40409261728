"""The newest-value mailbox, alone and between threads."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.latest_slot import LatestSlot, SlotCounts

PATIENCE_S = 10.0


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as executor:
        yield executor


def wait_until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.005)):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("waited in vain")


def test_newest_value_replaces_the_one_nobody_took():
    mailbox = LatestSlot[int]()
    assert [mailbox.put(number) for number in (1, 2, 3)] == [True] * 3
    assert mailbox.take(0) == 3
    assert mailbox.counts == SlotCounts(put=3, taken=1, dropped=2)


def test_a_value_is_taken_once():
    mailbox = LatestSlot[str]()
    mailbox.put("frame")
    assert mailbox.take(0) == "frame"
    assert mailbox.take(0.01) is None


def test_a_second_reader_sees_the_newest_without_taking_it():
    mailbox = LatestSlot[int]()
    assert mailbox.newest() is None
    mailbox.put(1)
    assert mailbox.newest() == 1
    assert mailbox.take(0) == 1
    assert mailbox.newest() == 1, "the preview still sees what recognition took"


def test_take_waits_for_a_value_to_come(pool):
    mailbox = LatestSlot[int]()
    taken = pool.submit(mailbox.take, PATIENCE_S)
    mailbox.put(7)
    assert taken.result(PATIENCE_S) == 7


@pytest.mark.parametrize("timeout_s", [None, PATIENCE_S], ids=["without timeout", "with timeout"])
def test_closing_wakes_every_waiting_reader(pool, timeout_s):
    mailbox = LatestSlot[int]()
    readers = [pool.submit(mailbox.take, timeout_s) for _ in range(3)]
    mailbox.close()
    assert [reader.result(PATIENCE_S) for reader in readers] == [None] * 3
    assert mailbox.ended


def test_what_lies_there_at_the_end_can_still_be_taken():
    mailbox = LatestSlot[int]()
    mailbox.put(1)
    mailbox.close()
    assert not mailbox.ended
    assert mailbox.take() == 1
    assert mailbox.ended
    assert mailbox.take() is None


def test_a_closed_mailbox_accepts_nothing():
    mailbox = LatestSlot[int]()
    mailbox.close()
    mailbox.close()
    assert mailbox.put(1) is False
    assert mailbox.newest() is None
    assert mailbox.counts == SlotCounts(put=0, taken=0, dropped=0)


@given(st.lists(st.integers(), max_size=60), st.integers(1, 4))
def test_lock_step_loses_and_doubles_nothing(values, readers):
    mailbox = LatestSlot[tuple[int, int]](lock_step=True)

    def read_all() -> list[tuple[int, int]]:
        taken = []
        while not mailbox.ended:
            if (value := mailbox.take(PATIENCE_S)) is not None:
                taken.append(value)
        return taken

    with ThreadPoolExecutor(readers) as executor:
        results = [executor.submit(read_all) for _ in range(readers)]
        assert all(mailbox.put(value) for value in enumerate(values))
        mailbox.close()
        taken = [result.result(PATIENCE_S) for result in results]
    assert all(part == sorted(part) for part in taken), "each reader sees the clip's order"
    assert sorted(value for part in taken for value in part) == list(enumerate(values))
    assert mailbox.counts == SlotCounts(put=len(values), taken=len(values), dropped=0)


def test_lock_step_put_waits_until_the_value_before_it_was_taken(pool):
    mailbox = LatestSlot[int](lock_step=True)
    assert mailbox.put(1)
    second = pool.submit(mailbox.put, 2)
    with pytest.raises(TimeoutError):
        second.result(0.05)
    assert mailbox.take(0) == 1
    assert second.result(PATIENCE_S) is True
    assert mailbox.take(0) == 2


def test_closing_wakes_a_put_that_waits_in_lock_step(pool):
    mailbox = LatestSlot[int](lock_step=True)
    mailbox.put(1)
    waiting = pool.submit(mailbox.put, 2)
    mailbox.close()
    assert waiting.result(PATIENCE_S) is False
    assert mailbox.take() == 1
    assert mailbox.ended


def test_a_hurried_writer_is_never_held_up_and_every_value_is_accounted_for(pool):
    mailbox = LatestSlot[int]()
    writers, each = 4, 2000

    def write(first: int) -> None:
        for number in range(first, first + each):
            assert mailbox.put(number)

    def read() -> list[int]:
        taken = []
        while not mailbox.ended:
            if (value := mailbox.take(PATIENCE_S)) is not None:
                taken.append(value)
        return taken

    readers = [pool.submit(read) for _ in range(3)]
    for done in [pool.submit(write, number * each) for number in range(writers)]:
        done.result(PATIENCE_S)
    mailbox.close()
    taken = [value for reader in readers for value in reader.result(PATIENCE_S)]
    wait_until(lambda: mailbox.ended)
    counts = mailbox.counts
    assert len(taken) == len(set(taken)) == counts.taken
    assert counts.put == writers * each == counts.taken + counts.dropped
