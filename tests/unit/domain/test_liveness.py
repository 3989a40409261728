"""What the motions of a visit say of a live person, and what they leave open."""

import pytest

from kiosk.domain.liveness import (
    FURNITURE_AFTER_S,
    LEAST_MOTIONS,
    UNCHANGED_AFTER_S,
    CoMotion,
    LivenessEvidence,
    LivenessReason,
    LivenessVerdict,
)

HEAD = CoMotion(face_motion=0.05, carried=0, stayed=30, far_motion=0.0)
PICTURE = CoMotion(face_motion=0.05, carried=20, stayed=15, far_motion=0.0)
SHAKEN_CAMERA = CoMotion(face_motion=0.05, carried=35, stayed=0, far_motion=0.05)
TREMOR = CoMotion(face_motion=0.004, carried=20, stayed=0, far_motion=0.0)
BARE_WALL = CoMotion(face_motion=0.05, carried=1, stayed=2, far_motion=0.0)


@pytest.mark.parametrize(
    ("motions", "verdict", "reasons"),
    [
        pytest.param([HEAD] * LEAST_MOTIONS, LivenessVerdict.LIVE, (), id="head before a background"),
        pytest.param(
            [PICTURE] * LEAST_MOTIONS, LivenessVerdict.ATTACK, (LivenessReason.MOVES_WITH_SURROUND,), id="picture"
        ),
        pytest.param(
            [HEAD] * (LEAST_MOTIONS - 1), LivenessVerdict.DOUBTFUL, (LivenessReason.LITTLE_MOTION,), id="too few"
        ),
        pytest.param([SHAKEN_CAMERA] * 9, LivenessVerdict.DOUBTFUL, (LivenessReason.LITTLE_MOTION,), id="camera moves"),
        pytest.param([TREMOR] * 9, LivenessVerdict.DOUBTFUL, (LivenessReason.LITTLE_MOTION,), id="noise"),
        pytest.param([BARE_WALL] * 9, LivenessVerdict.DOUBTFUL, (LivenessReason.LITTLE_MOTION,), id="nothing around"),
        pytest.param([HEAD] * 6 + [PICTURE] * 2, LivenessVerdict.LIVE, (), id="a hand waves beside a head"),
        pytest.param(
            [HEAD] * 4 + [PICTURE] * 40,
            LivenessVerdict.ATTACK,
            (LivenessReason.MOVES_WITH_SURROUND,),
            id="picture later",
        ),
    ],
)
def test_motions_make_a_verdict_and_too_few_make_none(motions, verdict, reasons):
    evidence = LivenessEvidence(0.0)
    for motion in motions:
        evidence.add_motion(motion)
    assessment = evidence.assess(1.0)
    assert (assessment.verdict, assessment.reasons) == (verdict, reasons)


def test_a_face_that_does_not_change_is_a_picture_and_after_minutes_furniture():
    evidence = LivenessEvidence(0.0)
    evidence.add_look(0.0, changed=True)
    evidence.add_look(UNCHANGED_AFTER_S - 0.1, changed=False)
    assert evidence.assess(UNCHANGED_AFTER_S - 0.1).verdict is LivenessVerdict.DOUBTFUL
    evidence.add_look(UNCHANGED_AFTER_S, changed=False)
    assert evidence.assess(UNCHANGED_AFTER_S).reasons == (LivenessReason.UNCHANGED,)
    assert not evidence.assess(UNCHANGED_AFTER_S).is_furniture
    evidence.add_look(FURNITURE_AFTER_S, changed=False)
    assert evidence.assess(FURNITURE_AFTER_S).is_furniture


@pytest.mark.parametrize(
    ("motion", "stays"),
    [
        pytest.param(HEAD, False, id="it moves by itself"),
        pytest.param(TREMOR, True, id="noise"),
        pytest.param(SHAKEN_CAMERA, True, id="the camera moves"),
    ],
)
def test_furniture_is_furniture_until_it_moves(motion, stays):
    evidence = LivenessEvidence(0.0, is_furniture=True)
    evidence.add_motion(motion)
    assert evidence.assess(1.0).is_furniture == stays


def test_who_moves_after_having_stood_still_is_live():
    evidence = LivenessEvidence(0.0)
    evidence.add_look(UNCHANGED_AFTER_S + 1, changed=False)
    for _ in range(LEAST_MOTIONS):
        evidence.add_motion(HEAD)
    assert evidence.assess(UNCHANGED_AFTER_S + 2).verdict is LivenessVerdict.LIVE
