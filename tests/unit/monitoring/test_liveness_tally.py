"""How visits end is counted once each, by what they said of a live person."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import numpy as np

from kiosk.domain.frame_result import Announcement, FrameResult, Observation
from kiosk.domain.liveness import LivenessAssessment, LivenessMode, LivenessReason, LivenessVerdict
from kiosk.domain.registration import AlreadyRegistered, Registered
from kiosk.domain.types import AttendanceEvent, Decision, DecisionStatus, EventType, Frame
from kiosk.monitoring.liveness_tally import LivenessTally
from support.fakes import MORNING

LIVE = LivenessAssessment(LivenessVerdict.LIVE, (), 0.0, 4, 0.0, 1.0)
DOUBTFUL = LivenessAssessment(LivenessVerdict.DOUBTFUL, (LivenessReason.LITTLE_MOTION,), None, 0, 0.0, 0.1)
POSTER = LivenessAssessment(LivenessVerdict.ATTACK, (LivenessReason.UNCHANGED,), None, 0, 130.0, 130.0, True)
NOBODY = Frame(np.zeros((2, 2, 3), np.uint8), MORNING, 0.0, 0)


def result(at_s: float, **assessments: LivenessAssessment) -> FrameResult:
    """A frame with tracks by the number after "t"."""
    frame = Frame(NOBODY.image_bgr, MORNING + timedelta(seconds=at_s), at_s, 0)
    seen = tuple(
        Observation(int(track[1:]), (0.0, 0.0, 1.0, 1.0), None, False, None, at_s, liveness=assessment)
        for track, assessment in assessments.items()
    )
    return FrameResult(frame, seen, 1.0)


def announced(found: FrameResult, track_id: int, *, is_new: bool = True) -> Announcement:
    event = AttendanceEvent(uuid4(), 7, EventType.ENTRY, MORNING, 0.8, "door")
    seen = next(one for one in found.observations if one.track_id == track_id)
    outcome = Registered(event) if is_new else AlreadyRegistered(event)
    return Announcement(found, seen, Decision(DecisionStatus.MATCH, 7, 0.8), outcome)


def test_a_visit_counts_once_at_its_end_by_all_that_was_seen():
    tally = LivenessTally(LivenessMode.WATCH)
    first = result(0.0, t1=DOUBTFUL)
    tally(first, [announced(first, 1)])
    tally(result(0.5, t1=LIVE), [])
    assert tally.report.visits == {}
    tally(result(2.0), [])
    tally(result(3.0), [])
    assert (tally.report.mode, tally.report.visits) == ("watch", {"live": 1})


def test_passers_by_and_people_who_are_registered_already_do_not_count():
    tally = LivenessTally(LivenessMode.WATCH)
    both = result(0.0, t1=LIVE, t2=LIVE)
    tally(both, [announced(both, 2, is_new=False)])
    tally(result(2.0), [])
    assert tally.report.visits == {}


def test_furniture_is_counted_while_it_is_there():
    tally = LivenessTally(LivenessMode.WATCH)
    tally(result(0.0, t1=DOUBTFUL), [])
    tally(result(0.1, t1=POSTER), [])
    assert tally.report.furniture == 1
    tally(result(9.0), [])
    assert tally.report.furniture == 0
