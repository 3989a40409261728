"""A worker's life: steps, stopping, crashes, giving up."""

import logging
import threading

import pytest

from kiosk.core.worker import Worker, waiting_outside

PATIENCE_S = 10.0


class Bug(Exception):
    pass


class Steps:
    """Plays a list of outcomes, one a step; an exception is raised; then says that there is no more."""

    def __init__(self, *outcomes: BaseException | None) -> None:
        self._outcomes = list(outcomes)
        self.done = 0
        self.threads: set[str] = set()

    def __call__(self) -> bool:
        self.threads.add(threading.current_thread().name)
        if not self._outcomes:
            return False
        outcome = self._outcomes.pop(0)
        self.done += 1
        if outcome is not None:
            raise outcome
        return True


def run(worker: Worker) -> None:
    worker.start()
    assert worker.join(PATIENCE_S)


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [f"{record.getMessage()} {vars(record)['fields']['thread']}" for record in caplog.records]


def test_steps_run_in_a_named_thread_until_there_is_no_more(caplog):
    steps, cleaned = Steps(None, None), []
    worker = Worker("camera", steps, cleanup=lambda: cleaned.append(threading.current_thread().name))
    run(worker)
    assert (steps.done, steps.threads, cleaned) == (2, {"camera"}, ["camera"])
    assert not worker.alive
    assert not worker.failed
    assert not caplog.records


@pytest.mark.expects_errors
def test_a_bug_is_logged_with_its_traceback_and_the_work_goes_on(caplog):
    steps = Steps(None, Bug("on a Monday"), None)
    worker = Worker("recognition", steps, restart_delay_s=0)
    run(worker)
    assert steps.done == 3
    assert not worker.failed
    (record,) = caplog.records
    assert messages(caplog) == ["thread.crashed recognition"]
    assert record.exc_info is not None
    assert "on a Monday" in str(record.exc_info[1])


@pytest.mark.expects_errors
@pytest.mark.parametrize("bug", [Bug(), SystemExit(1)], ids=["exception", "sys.exit in a thread"])
def test_a_thread_that_goes_on_crashing_gives_up_and_says_so(caplog, bug):
    failed, order = [], []

    def on_failed(name: str) -> None:
        failed.append(name)
        order.append("callback")

    steps = Steps(*[bug] * 9)
    worker = Worker(
        "camera",
        steps,
        cleanup=lambda: order.append("cleanup"),
        on_failed=on_failed,
        restarts_per_minute=3,
        restart_delay_s=0,
    )
    run(worker)
    assert worker.failed
    assert failed == ["camera"]
    assert order == ["callback", "cleanup"]
    assert steps.done == 4, "the first crash and three restarts"
    assert messages(caplog)[-1] == "thread.gave_up camera"


@pytest.mark.expects_errors
def test_crashes_far_apart_are_forgiven():
    now_s = iter(range(0, 1000, 21))
    worker = Worker(
        "camera",
        Steps(*[Bug() for _ in range(20)]),
        restarts_per_minute=3,
        restart_delay_s=0,
        monotonic_s=lambda: float(next(now_s)),
    )
    run(worker)
    assert not worker.failed, "never more than three in any minute"


def test_stopping_wakes_a_step_that_waits():
    started = threading.Event()

    def step() -> bool:
        started.set()
        return not worker.wait(3600)

    worker = Worker("recorder", step)
    worker.start()
    assert started.wait(PATIENCE_S)
    assert worker.stop(PATIENCE_S)
    assert worker.stopping


@pytest.mark.expects_errors
def test_stopping_wakes_the_pause_after_a_crash():
    crashed = threading.Event()

    def step() -> bool:
        crashed.set()
        raise Bug

    worker = Worker("recorder", step, restart_delay_s=3600)
    worker.start()
    assert crashed.wait(PATIENCE_S)
    assert worker.stop(PATIENCE_S)
    assert not worker.failed


@pytest.mark.expects_errors
def test_a_thread_that_does_not_stop_is_named(caplog):
    started, release, cleaned = threading.Event(), threading.Event(), threading.Event()

    def stuck_in_a_driver() -> bool:
        started.set()
        return not release.wait(PATIENCE_S)

    worker = Worker("camera", stuck_in_a_driver, cleanup=cleaned.set)
    worker.start()
    assert started.wait(PATIENCE_S)
    assert worker.stop(0.01) is False
    assert worker.alive
    assert messages(caplog) == ["thread.stuck camera"]
    release.set()
    assert worker.join(PATIENCE_S)
    assert cleaned.is_set()


@pytest.mark.expects_errors
def test_a_crash_of_cleanup_or_callback_is_logged_too(caplog):
    def crash(*_: str) -> None:
        raise Bug

    worker = Worker("camera", Steps(Bug()), cleanup=crash, on_failed=crash, restarts_per_minute=0)
    with caplog.at_level(logging.ERROR):
        run(worker)
    assert messages(caplog) == [
        "thread.gave_up camera",
        "thread.on_failed_crashed camera",
        "thread.cleanup_crashed camera",
    ]


def test_a_worker_that_never_started_stops_at_once():
    worker = Worker("camera", Steps())
    assert worker.stop(0)
    assert not worker.alive


def test_a_stop_before_the_start_lets_no_step_run():
    steps = Steps(None)
    worker = Worker("camera", steps)
    worker.request_stop()
    run(worker)
    assert steps.done == 0


def test_many_threads_may_stop_one_worker():
    worker = Worker("camera", lambda: not worker.wait(3600))
    worker.start()
    results: list[bool] = []
    stoppers = [threading.Thread(target=lambda: results.append(worker.stop(PATIENCE_S))) for _ in range(8)]
    for stopper in stoppers:
        stopper.start()
    for stopper in stoppers:
        stopper.join(PATIENCE_S)
    assert results == [True] * 8


def test_the_beat_moves_with_each_step_and_stands_still_in_a_stuck_one():
    begun, go_on = threading.Event(), threading.Event()

    def step() -> bool:
        begun.set()
        go_on.wait(5)
        return not go_on.is_set()

    seconds = iter(range(100))
    worker = Worker("beating", step, monotonic_s=lambda: float(next(seconds)))
    assert worker.beat_s is None
    worker.start()
    assert begun.wait(5)
    assert worker.beat_s == 0.0
    go_on.set()
    assert worker.join(5)


def test_a_step_that_waits_for_another_program_does_not_count_as_stuck_and_is_alive_after():
    waits, go_on, works, end = (threading.Event() for _ in range(4))

    def step() -> bool:
        with waiting_outside(), waiting_outside():
            waits.set()
            go_on.wait(PATIENCE_S)
        works.set()
        end.wait(PATIENCE_S)
        return False

    seconds = iter(range(100))
    worker = Worker("waiting", step, monotonic_s=lambda: float(next(seconds)))
    worker.start()
    assert waits.wait(PATIENCE_S)
    assert worker.beat_s is None
    go_on.set()
    assert works.wait(PATIENCE_S)
    assert worker.beat_s == 2.0
    end.set()
    assert worker.join(PATIENCE_S)


def test_waiting_outside_of_a_worker_changes_nothing():
    with waiting_outside():
        pass
