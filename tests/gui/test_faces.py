"""What is written at a face, and how calmly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from kiosk.domain.frame_result import FrameResult, Observation
from kiosk.domain.quality import Measures, Quality, Reason
from kiosk.domain.types import Box, Decision, DecisionStatus, Frame
from kiosk.ui.entrance.face_marks import SETTLES_AFTER_S, FaceMark, FaceMarks, FaceState, state_of
from kiosk.ui.entrance.invitation import Hint, hint_for

MEASURES = Measures(60, 0, 0.5, 0, 1, 120, 50, 0.3, 0.9)
BOX = (100.0, 100.0, 200.0, 200.0)


def observation(
    *reasons: Reason, status: DecisionStatus | None = None, track_id: int = 1, box: Box = BOX
) -> Observation:
    decision = Decision(status) if status is not None else None
    return Observation(track_id, box, decision, False, Quality(MEASURES, 0.5, reasons), 0.1)


def result(at_s: float, *observations: Observation) -> FrameResult:
    frame = Frame(np.zeros((2, 2, 3), np.uint8), datetime.now(UTC), at_s, 0)
    return FrameResult(frame, observations, 1.0)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        pytest.param(observation(), FaceState.LOOKING, id="good-sample-no-decision-yet"),
        pytest.param(replace(observation(), quality=None), FaceState.LOOKING, id="no-sample-needed"),
        pytest.param(observation(Reason.TOO_SMALL), FaceState.COME_CLOSER, id="too-small"),
        pytest.param(observation(Reason.TURNED_AWAY), FaceState.LOOK_AT_CAMERA, id="turned-away"),
        pytest.param(observation(Reason.TOO_DARK), FaceState.TOO_DARK, id="too-dark"),
        pytest.param(observation(Reason.TOO_DARK, Reason.TOO_BLURRED), FaceState.TOO_DARK, id="the-gravest-first"),
        pytest.param(observation(status=DecisionStatus.MATCH), FaceState.RECOGNISED, id="match"),
        pytest.param(observation(status=DecisionStatus.LOW_CONFIDENCE), FaceState.LOOK_AGAIN, id="doubt"),
        pytest.param(observation(status=DecisionStatus.UNKNOWN), FaceState.NOT_RECOGNISED, id="unknown"),
        pytest.param(
            observation(Reason.TURNED_AWAY, status=DecisionStatus.MATCH), FaceState.RECOGNISED, id="decision-wins"
        ),
    ],
)
def test_each_observation_has_its_state(seen: Observation, state: FaceState) -> None:
    assert state_of(seen) is state


def test_every_reason_that_a_frame_can_have_is_advised_upon() -> None:
    of_enrollment = {
        Reason.UNREADABLE_FILE,
        Reason.NOT_AN_IMAGE,
        Reason.IMAGE_TOO_LARGE,
        Reason.IMAGE_TOO_LONG,
        Reason.IMAGE_TOO_SMALL,
        Reason.NO_FACE,
        Reason.SEVERAL_FACES,
        Reason.DIFFERENT_PERSON,
        Reason.ALREADY_ENROLLED,
        Reason.SAME_PHOTOGRAPH,
    }
    for reason in set(Reason) - of_enrollment:
        assert state_of(observation(reason)) is not FaceState.LOOKING, reason


def test_a_word_stays_until_the_next_one_has_settled() -> None:
    marks = FaceMarks()
    marks.update(result(0.0, observation()))
    marks.update(result(0.1, observation(Reason.TOO_SMALL)))
    assert marks.marks[0].state is FaceState.LOOKING
    marks.update(result(0.2, observation()))
    marks.update(result(0.3, observation(Reason.TOO_SMALL)))
    marks.update(result(0.3 + SETTLES_AFTER_S / 2, observation(Reason.TOO_SMALL)))
    assert marks.marks[0].state is FaceState.LOOKING
    marks.update(result(0.3 + SETTLES_AFTER_S + 0.01, observation(Reason.TOO_SMALL)))
    assert marks.marks[0].state is FaceState.COME_CLOSER


def test_recognition_is_shown_at_once() -> None:
    marks = FaceMarks()
    marks.update(result(0.0, observation(Reason.TOO_SMALL)))
    marks.update(result(0.03, observation(status=DecisionStatus.MATCH)))
    assert marks.marks[0].state is FaceState.RECOGNISED


def test_frames_glide_to_where_the_face_is() -> None:
    marks = FaceMarks()
    marks.update(result(0.0, observation()))
    moved = (200.0, 100.0, 300.0, 200.0)
    lefts = []
    for step in range(8):
        marks.update(result(0.03 * step, observation(box=moved)))
        lefts.append(marks.marks[0].box_xyxy[0])
    assert lefts == sorted(lefts)
    assert 100 < lefts[0] < 200
    assert lefts[-1] == pytest.approx(200, abs=1)


def test_who_has_left_is_forgotten() -> None:
    marks = FaceMarks()
    marks.update(result(0.0, observation(track_id=1), observation(track_id=2)))
    marks.update(result(0.1, observation(track_id=2)))
    assert [mark.track_id for mark in marks.marks] == [2]
    marks.clear()
    assert marks.marks == ()


def test_a_ring_closes_as_evidence_is_gathered_and_then_a_tick_is_drawn() -> None:
    marks = FaceMarks()
    rings = []
    for number, share in enumerate((0.0, 1 / 3, 2 / 3, 1.0, 1.0)):
        marks.update(result(number * 0.1, replace(observation(), evidence_share=share)))
        rings.append(marks.marks[0].ring)
    assert rings[0] == 0 and rings == sorted(rings) and 0.8 < rings[-1] <= 1
    ticks = []
    for number in range(4):
        marks.update(result(1 + number * 0.1, observation(status=DecisionStatus.MATCH)))
        ticks.append(marks.marks[0].tick)
    assert ticks[0] == 0 and ticks == sorted(ticks) and ticks[-1] == 1


def test_with_less_motion_there_is_no_ring_and_the_tick_is_there_at_once() -> None:
    marks = FaceMarks(less_motion=True)
    for at_s in (0.0, 0.1):
        marks.update(result(at_s, replace(observation(status=DecisionStatus.MATCH), evidence_share=1.0)))
        assert (marks.marks[0].ring, marks.marks[0].tick) == (0, 1)


@pytest.mark.parametrize(
    ("states", "camera_lost", "hint"),
    [
        pytest.param((), False, Hint.LOOK, id="nobody"),
        pytest.param((FaceState.LOOKING,), False, Hint.LOOK, id="somebody new"),
        pytest.param((FaceState.RECOGNISED,), False, Hint.REGISTERED, id="who was registered need not look"),
        pytest.param((FaceState.RECOGNISED, FaceState.LOOKING), False, Hint.LOOK, id="another one came"),
        pytest.param((FaceState.NOT_RECOGNISED,), False, Hint.STRANGER, id="a stranger keeps the PIN's hint"),
        pytest.param((FaceState.RECOGNISED, FaceState.LOOK_AGAIN), False, Hint.STRANGER, id="one of two"),
        pytest.param((FaceState.RECOGNISED,), True, Hint.NO_CAMERA, id="the camera is lost"),
    ],
)
def test_the_panel_never_contradicts_the_frames(states: tuple[FaceState, ...], camera_lost: bool, hint: Hint) -> None:
    marks = [FaceMark(number, BOX, state) for number, state in enumerate(states)]
    assert hint_for(marks, camera_lost=camera_lost) is hint
