"""Which visits the collector passes on: certain from the first sample to the last, of one person alone."""

from __future__ import annotations

from datetime import UTC, datetime
from queue import Queue

import numpy as np
import pytest

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import CertaintyRule
from kiosk.domain.frame_result import FrameResult, Observation, SampledFace
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.quality import PROBE_LIMITS, Quality, assess
from kiosk.domain.types import Decision, DecisionStatus, Embedding, FaceDetection, Frame, Template
from kiosk.recognition.visit_collector import FACES_A_VISIT, ObservedVisit, VisitCollector

ANNA, BORIS = 1, 2
AXES = np.eye(8, dtype=np.float32)
GALLERY = Gallery("old", [Template(ANNA, AXES[ANNA]), Template(BORIS, AXES[BORIS])])
DECIDER = Decider(ImpostorTail((0.2, 0.349, 0.454, 0.535, 0.602), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)), 0.001)
ALIGNMENT = AlignmentTemplate(112, ((38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (56.1, 92.3)))
LANDMARKS = np.array([(40, 50), (80, 50), (60, 75), (60, 95), (20, 60), (100, 60)], dtype=np.float32)
PICTURE = np.full((120, 120, 3), 128, np.uint8)
FACE = FaceDetection((0, 0, 120, 120), LANDMARKS, 0.95)
MEASURES = assess(FACE, PICTURE.shape, PICTURE[:112, :112], PROBE_LIMITS).measures


def match(person: int = ANNA, similarity: float = 0.95) -> Decision:
    return Decision(DecisionStatus.MATCH, person, similarity, 0.7)


UNKNOWN = Decision(DecisionStatus.UNKNOWN, None, 0.2, 0.1)


class Entrance:
    def __init__(self) -> None:
        self.visits: Queue[ObservedVisit] = Queue(3)
        self.collector = VisitCollector(
            CertaintyRule(DECIDER), lambda gallery: DECIDER.thresholds(gallery).accept, lambda: GALLERY, self.visits
        )
        self.collector.alignment = ALIGNMENT
        self.at_s = 0.0
        self.picture = PICTURE

    def see(self, decision: Decision | None, shows: int = ANNA, quality: float = 0.9, track: int = 1) -> None:
        self.at_s += 0.5
        sampled = SampledFace(LANDMARKS, Embedding(AXES[shows], "old"))
        seen = Observation(
            track, (0, 0, 120, 120), decision, False, Quality(MEASURES, quality, ()), 0.5, sampled_face=sampled
        )
        self._play(seen)

    def leave(self) -> None:
        self.at_s += 3.0
        self._play()

    def _play(self, *seen: Observation) -> None:
        frame = Frame(self.picture, datetime(2026, 3, 2, tzinfo=UTC), self.at_s, 0)
        self.collector(FrameResult(frame, seen, 1.0), ())


@pytest.fixture
def entrance() -> Entrance:
    return Entrance()


def test_a_visit_is_passed_on_once_when_it_is_over(entrance):
    for quality in (0.6, 0.9, 0.7, 0.8):
        entrance.see(match(), quality=quality)
    assert entrance.visits.empty()
    entrance.leave()
    entrance.leave()
    visit = entrance.visits.get_nowait()
    assert (visit.employee_id, visit.quality_score, len(visit.faces_bgr)) == (ANNA, 0.9, FACES_A_VISIT)
    assert {face.shape for face in visit.faces_bgr} == {(112, 112, 3)}
    assert entrance.visits.empty()


@pytest.mark.parametrize(
    "sights",
    [
        pytest.param([(match(similarity=0.62), ANNA)] * 3, id="not-certain"),
        pytest.param([(match(), BORIS)] * 3, id="each-sample-names-another"),
        pytest.param([(match(), ANNA), (match(BORIS), BORIS), (match(), ANNA)], id="another-face-in-between"),
        pytest.param([(match(), ANNA), (UNKNOWN, 5)], id="unknown-at-last"),
        pytest.param([(None, ANNA)] * 3, id="never-decided"),
    ],
)
def test_a_visit_with_a_doubt_is_not(entrance, sights):
    for decision, shows in sights:
        entrance.see(decision, shows)
    entrance.leave()
    assert entrance.visits.empty()


@pytest.mark.parametrize(("span", "passed_on"), [pytest.param(60, False, id="bad"), pytest.param(220, True, id="good")])
def test_a_face_in_bad_light_makes_no_template(entrance, span, passed_on):
    """It is recognised with its contrasts stretched, which the picture that is passed on is not."""
    entrance.picture = np.tile(np.linspace(10, 10 + span, 120)[:, None, None], (1, 120, 3)).astype(np.uint8)
    for _ in range(3):
        entrance.see(match())
    entrance.leave()
    assert entrance.visits.empty() != passed_on


def test_two_people_at_once_are_two_visits(entrance):
    for _ in range(2):
        entrance.see(match(), track=1)
        entrance.see(match(BORIS), BORIS, track=2)
    entrance.leave()
    assert {entrance.visits.get_nowait().employee_id for _ in range(2)} == {ANNA, BORIS}


def test_nothing_is_kept_while_no_visits_are_wanted(entrance):
    entrance.see(match())
    entrance.collector.alignment = None
    entrance.see(match())
    entrance.collector.alignment = ALIGNMENT
    entrance.leave()
    assert entrance.visits.empty()


def test_visits_that_nobody_fetches_are_lost_without_a_wait(entrance):
    for _ in range(5):
        entrance.see(match())
        entrance.leave()
    assert entrance.visits.full()
