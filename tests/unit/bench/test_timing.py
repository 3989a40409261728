"""How work is timed: in turns of equal time, and inside the frames that it is part of."""

from __future__ import annotations

import time
from contextlib import closing

import pytest

from kiosk.bench import process_timings, stage_timings
from kiosk.bench.timing import LEAST_TURNS, TURN_S, measure, measure_in_turns
from kiosk.errors import DeviceError
from kiosk.vision.model_store import ModelStore


def test_quick_work_is_done_again_and_again_for_each_piece_of_slow_work():
    done: list[str] = []

    def slow() -> None:
        done.append("slow")
        time.sleep(TURN_S)

    quick, long = measure_in_turns({"quick": lambda: done.append("quick"), "slow": slow}, seconds=0.1)
    assert (quick.name, long.name) == ("quick", "slow")
    assert long.count == LEAST_TURNS, "the first one, which warms up, does not count"
    assert quick.count == done.count("quick") - 1 > 100 * long.count
    assert long.median_ms >= TURN_S * 1000 > quick.median_ms


def test_work_is_timed_at_least_so_often():
    assert measure("nothing", lambda: None, seconds=0, least=7).count == 7


def test_a_frames_time_is_divided_between_networks_and_the_rest(model_store: ModelStore):
    with closing(model_store.open_detector("blazeface-full-range")) as detector:
        embedder = model_store.open_embedder("mobilefacenet")
        before_s = detector.network_s, embedder.network_s
        assert 0 < stage_timings.measure_share_outside_networks(detector, embedder, frames=3) < 1
        assert all(
            now_s > then_s for now_s, then_s in zip((detector.network_s, embedder.network_s), before_s, strict=True)
        )


def test_the_kiosk_that_is_timed_has_the_callers_network_and_no_other_setting():
    callers = {
        "PATH": "/bin",
        "KIOSK_EMBEDDER": "mobilefacenet",
        "KIOSK_TARGET_FPIR": "0.5",
        "KIOSK_DATA_DIR": "/office",
    }
    made = process_timings.kiosk_environment(callers, "/made")
    assert made == {
        "PATH": "/bin", "KIOSK_EMBEDDER": "mobilefacenet", "KIOSK_DATA_DIR": "/made", "KIOSK_LOG_LEVEL": "ERROR"
    }  # fmt: skip


def test_a_kiosk_too_slow_to_decide_is_told_in_a_sentence():
    assert process_timings.seconds_to_decision('{"kind": "decision", "seconds_to_decision": 0.433}') == 0.433
    with pytest.raises(DeviceError, match="decided nothing in 3 s: end other work on this machine"):
        process_timings.seconds_to_decision("")
